package org.grpo4j.experiment.limits;

/**
 * One term of the memory that a configuration needs.
 *
 * @param what what is kept
 * @param settings which settings make it smaller
 * @param heap bytes on Java's heap
 * @param beside bytes beside it, where ND4J keeps its arrays
 */
public record Need(String what, String settings, double heap, double beside) {}
