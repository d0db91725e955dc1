/* Asks the native library for the version of what it is called by, where there is no Java or Swift:  load LIBRARY, or LINKED with it */
#include <dlfcn.h>
#include <stdio.h>

#ifdef LINKED
unsigned ffi_xportcn_uniffi_uniffi_contract_version(void);

int main(void) {
    printf("version %u\n", ffi_xportcn_uniffi_uniffi_contract_version());
    return 0;
}
#else
int main(int count, char **arguments) {
    void *library = count == 2 ? dlopen(arguments[1], RTLD_NOW) : NULL;
    unsigned (*version)(void) = library ? (unsigned (*)(void))dlsym(library, "ffi_xportcn_uniffi_uniffi_contract_version") : NULL;
    if (!version || !dlsym(library, "Java_io_github_xportcn_core_Door_begin")) {
        fprintf(stderr, "%s\n", dlerror());
        return 1;
    }
    printf("version %u\n", version());
    return 0;
}
#endif
