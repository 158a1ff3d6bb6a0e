package org.grpo4j.experiment.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.grpo4j.experiment.files.TestRuns;

/** Run directories as a run writes them, with invented numbers whose statistics are known. */
public final class SyntheticRuns {

  private SyntheticRuns() {}

  /**
   * Writes a finished run.
   *
   * @param hash configuration hash
   * @param surrogate a setting to differ in
   * @param gain how fast it learns
   * @param secondsPerUpdate how long an update takes
   */
  public static Path write(
      Path runs, String hash, long seed, String surrogate, double gain, double secondsPerUpdate)
      throws IOException {
    Path run = runs.resolve(hash + "__" + seed + "__20260101T000000Z");
    Files.createDirectories(run);
    Files.writeString(
        run.resolve("config.yaml"),
        "name: "
            + hash
            + "\nseed: "
            + seed
            + "\nobjective:\n  surrogate:\n    kind: "
            + surrogate
            + "\ntrain:\n  group_size: 8\n");
    Files.writeString(
        run.resolve("manifest.json"),
        "{\"seed\":"
            + seed
            + ",\"config_sha256\":\""
            + hash
            + "\",\"grpo4j_version\":\"0.1\","
            + "\"git_commit\":\"abc\",\"workers\":1,\"machine\":{\"processor\":\"EPYC\"}}\n");
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder rows =
        new StringBuilder(
            "{\"updates_done\":0,\"num_completions\":0,"
                + "\"num_tokens\":0,\"step_time\":0,\"eval/greedy_accuracy\":0.4}\n");
    double base = 0.3 + 0.05 * random.nextDouble();
    double reward = base;
    for (int update = 1; update <= 100; update++) {
      double mean = 0.93 - (0.93 - base) * Math.exp(-gain * update);
      reward = mean + 0.02 * (random.nextDouble() - 0.5);
      rows.append("{\"updates_done\":")
          .append(update)
          .append(",\"num_completions\":")
          .append(256 * update)
          .append(",\"num_tokens\":")
          .append(256L * update * 8 + random.nextInt(100))
          .append(",\"step_time\":")
          .append(secondsPerUpdate)
          .append(",\"reward\":")
          .append(reward)
          .append(",\"entropy\":")
          .append(0.46 * Math.exp(-gain * update))
          .append(",\"completions/mean_length\":")
          .append(8.2 - Math.exp(-gain * update));
      if (update % 5 == 0) {
        rows.append(",\"eval/greedy_accuracy\":").append(Math.rint(mean * 512) / 512);
      }
      rows.append("}\n");
    }
    Files.writeString(run.resolve("metrics.jsonl"), rows.toString());
    Files.writeString(
        run.resolve("summary.json"),
        "{\"status\":\"finished\",\"seed\":"
            + seed
            + ",\"config_sha256\":\""
            + hash
            + "\","
            + "\"eval/greedy_accuracy\":{\"value\":"
            + Math.rint(reward * 512) / 512
            + ",\"n\":512},\"parameters\":31222,\"optimizer_bytes\":249776,"
            + "\"flops\":7.4e10,\"flops_per_update\":7.4e8,\"peak_memory_bytes\":3.1e8}\n");
    return TestRuns.accept(run).path();
  }
}
