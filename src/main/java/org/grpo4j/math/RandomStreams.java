package org.grpo4j.math;

import java.util.SplittableRandom;

/**
 * Every random draw of a run, by key. A generator is made from (run seed, purpose, key numbers such
 * as update, prompt and completion) and used at once; none is carried along. So resuming needs no
 * generator state, the number of workers does not matter, and any update can be replayed bit for
 * bit.
 *
 * @param runSeed the seed of the run
 */
public record RandomStreams(long runSeed) {

  /** The purpose of a stream; two purposes never share a stream. */
  public enum Purpose {
    /** Initial parameters of a network. */
    PARAMETERS(1),
    /** The cold-start corpus. */
    CORPUS(2),
    /** The examples of each mini-batch of the cold start. */
    COLD_START_BATCH(3),
    /** The prompts that an update samples. */
    PROMPTS(4),
    /** The tokens of one completion. */
    COMPLETION(5),
    /** The order of completions in mini-batches. */
    MINI_BATCH(6),
    /** Samples taken for evaluation. */
    EVALUATION(7),
    /** The problems of a task that are held out; used with a fixed seed, never with the run's. */
    HELD_OUT_SPLIT(8),
    /** The cases that a submission of the course is judged on. */
    COURSE_CASES(9),
    /** The completions of another run's policy that a cold start may imitate. */
    EXAMPLES(10),
    /** The tokens of an optimiser step that a rule draws by lot. */
    TOKEN_LOTS(11),
    /** The parameters of a subnetwork that is drawn by lot. */
    SUBNETWORK(12),
    /** Some of the seeds of a comparison; used with a fixed seed, never with a run's. */
    SEED_SUBSETS(13);

    /** Part of every key: a number in use must never change, or all runs do. */
    private final long number;

    Purpose(long number) {
      this.number = number;
    }
  }

  /**
   * The generator of this purpose and key.
   *
   * @param key any numbers that tell this stream from the others of the purpose, outermost first
   */
  public SplittableRandom stream(Purpose purpose, long... key) {
    long hash = mix(runSeed ^ 0x9E3779B97F4A7C15L);
    hash = mix(hash + 0x9E3779B97F4A7C15L * purpose.number);
    for (long part : key) {
      hash = mix(hash * 31 + 0x9E3779B97F4A7C15L + part);
    }
    return new SplittableRandom(hash);
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014): every bit depends on every bit. */
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
