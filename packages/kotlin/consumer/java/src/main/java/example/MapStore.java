package example;

import io.github.xportcn.JournaledWrite;
import io.github.xportcn.java.BlockingJournalStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Keeps writes as long as the process lives. */
final class MapStore implements BlockingJournalStore {
    private final Map<String, JournaledWrite> writes = new LinkedHashMap<>();

    @Override
    public synchronized JournaledWrite find(String key) {
        return writes.get(key);
    }

    @Override
    public synchronized void keep(JournaledWrite write) {
        writes.put(write.getKey(), write);
    }

    @Override
    public synchronized List<JournaledWrite> open() {
        return writes.values().stream().filter(JournaledWrite::isOpen).collect(Collectors.toList());
    }
}
