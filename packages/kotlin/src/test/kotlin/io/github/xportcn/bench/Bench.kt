package io.github.xportcn.bench

import java.io.File
import kotlin.system.exitProcess

/** The package beside its peers, in one run. Takes the folder of the inputs; exits with 1 if a budget is missed. */
fun main(arguments: Array<String>) {
    val inputs = File(arguments.single())
    val rows = readings(inputs) + requests(inputs) + fresh(inputs) + memory()
    rows.forEach(::println)
    exitProcess(if (rows.all { it.ok }) 0 else 1)
}
