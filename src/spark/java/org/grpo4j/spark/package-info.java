/**
 * Sweeps on Apache Spark: one task a run. In a jar of its own, as only those who ask for it want
 * Spark's 150 jars; {@code --spark} finds it.
 *
 * <p>Reading order: {@link org.grpo4j.spark.RunTask} (what happens on the machine that makes a
 * run), {@link org.grpo4j.spark.SparkSweep} (what the driver does), {@link
 * org.grpo4j.spark.SparkSettings} (what Spark is told).
 */
@NullMarked
package org.grpo4j.spark;

import org.jspecify.annotations.NullMarked;
