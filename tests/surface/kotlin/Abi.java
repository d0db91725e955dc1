import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.jetbrains.kotlin.abi.tools.api.AbiFilters;
import org.jetbrains.kotlin.abi.tools.api.AbiToolsFactory;

/** Prints what the classes below a folder show to those who compile against them: {@code Abi FOLDER}. */
class Abi {
    public static void main(String[] arguments) throws Exception {
        List<File> classes;
        try (var files = Files.walk(Path.of(arguments[0]))) {
            classes = files.filter(file -> file.toString().endsWith(".class")).sorted().map(Path::toFile).toList();
        }
        AbiFilters everything = new AbiFilters(Set.of(), Set.of(), Set.of(), Set.of());
        AbiToolsFactory tools = ServiceLoader.load(AbiToolsFactory.class).findFirst().orElseThrow();
        tools.get().getV2().printJvmDump(System.out, classes, everything);
    }
}
