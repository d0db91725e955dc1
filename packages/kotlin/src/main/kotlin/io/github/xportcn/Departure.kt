package io.github.xportcn

import java.util.concurrent.atomic.AtomicReference

/**
 * Whether a request has left. It leaves once; and where it has not by the time that nobody waits for its answer any
 * more, it does not leave at all. So what is said about it stays true.
 */
internal class Departure {
    private enum class State { WAITING, LEFT, HELD }

    private val state = AtomicReference(State.WAITING)

    /** The request leaves now; false if it must not. */
    fun leave(): Boolean = state.compareAndSet(State.WAITING, State.LEFT)

    /** Keeps the request from leaving; false if it has left. */
    fun hold(): Boolean = state.compareAndSet(State.WAITING, State.HELD) || state.get() == State.HELD
}
