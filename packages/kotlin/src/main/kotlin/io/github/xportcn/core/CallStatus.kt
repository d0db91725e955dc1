package io.github.xportcn.core

/**
 * The status of a call of the core: one for each thread. uniffi's Kotlin makes a new one for each call, which JNA then
 * writes and reads field by field, and that is most of what a call costs. The script `native` puts this one in its place.
 */
private val statuses = object : ThreadLocal<UniffiRustCallStatus>() {
    // Android has `withInitial` from API level 26 on.
    override fun initialValue() = UniffiRustCallStatus().apply { setAutoSynch(false) }
}

/** The thread's status, which says that all is well. */
internal fun callStatus(): UniffiRustCallStatus = statuses.get().also { it.pointer.setByte(0, UNIFFI_CALL_SUCCESS) }

/** Whether the core has said that something went wrong; then the status is read. */
internal fun UniffiRustCallStatus.isSet(): Boolean {
    if (pointer.getByte(0) == UNIFFI_CALL_SUCCESS) return false
    read()
    return true
}
