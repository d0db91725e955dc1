package example;

import io.github.xportcn.java.JavaClient;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/** Whatever Java sees of the package, Java can write. */
final class Names {
    /** uniffi's own, which is internal. */
    private static final String INTERNAL = "io/github/xportcn/core/";

    void check() throws Exception {
        List<String> wrong = new ArrayList<>();
        int seen = 0;
        for (Class<?> type : types()) {
            for (Member member : members(type)) {
                boolean isVisible = Modifier.isPublic(member.getModifiers()) || Modifier.isProtected(member.getModifiers());
                if (!isVisible || member.isSynthetic() || member instanceof Constructor) {
                    continue;
                }
                seen++;
                if (!SourceVersion.isName(member.getName())) {
                    wrong.add(type.getName() + "." + member.getName());
                }
            }
        }
        Main.check(seen > 4000, "there are members to look at: " + seen);
        Main.check(wrong.isEmpty(), "Java can write " + wrong);
    }

    private static List<Class<?>> types() throws IOException, ReflectiveOperationException {
        Path jar = Path.of(java.net.URI.create(JavaClient.class.getProtectionDomain().getCodeSource().getLocation().toString()));
        List<String> names;
        try (JarFile file = new JarFile(jar.toFile())) {
            names = file.stream().map(entry -> entry.getName())
                .filter(name -> name.endsWith(".class") && !name.startsWith(INTERNAL) && !name.startsWith("META-INF/"))
                // What the program has not brought along cannot be loaded.
                .filter(name -> !name.contains("/OkHttp") && !name.contains("/OpenTelemetry") && !name.contains("/Current") && !name.contains("/Way") && !name.contains("/Ktor"))
                .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                .collect(Collectors.toList());
        }
        List<Class<?>> types = new ArrayList<>();
        for (String name : names) {
            Class<?> type = Class.forName(name, false, Names.class.getClassLoader());
            if (Modifier.isPublic(type.getModifiers()) && !type.isSynthetic() && !type.isAnonymousClass() && !type.isLocalClass()) {
                types.add(type);
            }
        }
        return types;
    }

    private static List<Member> members(Class<?> type) {
        List<Member> all = new ArrayList<>();
        Method[] methods = type.getDeclaredMethods();
        Field[] fields = type.getDeclaredFields();
        all.addAll(Arrays.asList(methods));
        all.addAll(Arrays.asList(fields));
        return all;
    }
}
