package io.github.xportcn.core

import java.io.File
import java.io.IOException

/**
 * The native library, loaded for JNI. Where it cannot be, JNA may know a way: it looks in more places, and has tools for
 * machines of its own.
 */
internal object NativeLibrary {
    private const val NAME = "xportcn_uniffi"

    /** Where uniffi is told of the library's place, so that JNA loads the same one and not a second. */
    private const val PLACE = "uniffi.component.xportcn.libraryOverride"

    val isLoaded: Boolean = try {
        load()
        true
    } catch (_: LinkageError) {
        false
    } catch (_: IOException) {
        false
    } catch (_: SecurityException) {
        false
    }

    private fun load() {
        val given = System.getProperty(PLACE)
        if (given != null) return System.load(given)
        val resource = NativeLibrary::class.java.getResourceAsStream("/${platform()}/lib$NAME.so")
            // On Android, and where the program has put it on the path of libraries.
            ?: return System.loadLibrary(NAME)
        val file = File.createTempFile(NAME, ".so")
        file.deleteOnExit()
        resource.use { from -> file.outputStream().use(from::copyTo) }
        System.load(file.path)
        System.setProperty(PLACE, file.path)
    }

    /** JNA's name for this machine, by which the package has its libraries. */
    private fun platform(): String {
        val arch = when (val arch = System.getProperty("os.arch")) {
            "amd64" -> "x86-64"
            else -> arch
        }
        return "${System.getProperty("os.name").lowercase()}-$arch"
    }
}
