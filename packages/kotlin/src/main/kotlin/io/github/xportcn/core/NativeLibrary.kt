package io.github.xportcn.core

import java.io.File
import java.io.IOException

/**
 * The way to the native library: by JNI where it can be loaded so, and else by JNA where the program has that. JNA looks in more
 * places, and has tools for machines of its own.
 */
internal object NativeLibrary {
    private const val NAME = "xportcn_uniffi"

    /** Where uniffi is told of the library's place, so that JNA loads the same one and not a second. */
    private const val PLACE = "uniffi.component.xportcn.libraryOverride"

    /** What chooses JNA, where it is `jna`. */
    private const val DOOR = "io.github.xportcn.door"

    /** Why JNI does not find the library; null where it does. */
    private val failure: Throwable? = try {
        load()
        null
    } catch (error: LinkageError) {
        error
    } catch (error: IOException) {
        error
    } catch (error: SecurityException) {
        error
    }

    private val chosen: Library? = when {
        failure == null && System.getProperty(DOOR) != "jna" -> JniLibrary
        isHere(JNA) -> UniffiLibrary
        else -> null
    }

    /** The library, unless there is no way to it. */
    val library: Library get() = chosen ?: throw notLoaded(failure ?: NoClassDefFoundError(JNA))

    private fun load() {
        val given = System.getProperty(PLACE)
        if (given != null) return System.load(given)
        val resource = NativeLibrary::class.java.getResourceAsStream("/${platform()}/${System.mapLibraryName(NAME)}")
            // On Android, and where the program has put it on the path of libraries.
            ?: return System.loadLibrary(NAME)
        val file = File.createTempFile(NAME, System.mapLibraryName("").substringAfterLast('.', "so").let { ".$it" })
        file.deleteOnExit()
        resource.use { from -> file.outputStream().use(from::copyTo) }
        System.load(file.path)
        System.setProperty(PLACE, file.path)
    }
}

/** Tells what to do about a library that cannot be loaded; its cause has the places that were looked at. */
internal class NotLoaded(cause: Throwable) : UnsatisfiedLinkError(
    "xportcn has no native library that can be loaded on ${platform()}; its README tells what it is built for" +
        if (isHere(
                JNA,
            )
        ) {
            ""
        } else {
            ". With net.java.dev.jna:jna among the program's libraries, it is looked for in more places"
        },
) {
    init {
        initCause(cause)
    }
}

/** JNA tells anew each time that it has found nothing. */
internal fun notLoaded(error: Throwable): NotLoaded = error as? NotLoaded ?: NotLoaded(error)

private const val JNA = "com.sun.jna.Native"

private fun isHere(name: String): Boolean =
    runCatching { Class.forName(name, false, NativeLibrary::class.java.classLoader) }.isSuccess

/** The folder of this machine's library in the package: JNA's name for the machine, and one of our own where its libc is musl. */
private fun platform(): String {
    val arch = when (val arch = System.getProperty("os.arch")) {
        "amd64", "x86_64" -> "x86-64"
        else -> arch
    }
    val name = System.getProperty("os.name").lowercase()
    val system = when {
        name.startsWith("mac") -> "darwin"
        name.startsWith("windows") -> "win32"
        name == "linux" && isMusl() -> "linux-musl"
        else -> name
    }
    return "$system-$arch"
}

/** Whether this very program runs on musl: its loader is among the files of the process. A machine may have both. */
private fun isMusl(): Boolean = try {
    File("/proc/self/maps").useLines { lines -> lines.any { "/ld-musl-" in it } }
} catch (_: IOException) {
    false
}
