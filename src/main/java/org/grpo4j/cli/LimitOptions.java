package org.grpo4j.cli;

import org.grpo4j.experiment.limits.Limits;
import org.grpo4j.experiment.limits.Memory;
import org.grpo4j.policy.network.NetworkPolicies;
import picocli.CommandLine.Option;

/** The option of the commands that compute for long, and their look at what that needs. */
final class LimitOptions {

  private static final int MOST_HOURS = 1_000_000;

  @Option(
      names = "--hours",
      paramLabel = "N",
      description = "Allow what is estimated to take up to so many hours. Default: 24.")
  int hours = 24;

  /**
   * Refuses what cannot be done here, notes what takes long, and remembers the sum should memory
   * run out after all.
   */
  void check(Subcommand command, Limits limits) {
    if (limits.beside() > 0 || !NetworkPolicies.fastKernelsAreJava()) {
      NativesCache.prepare(command::note);
    }
    UsageException.unlessWithin("--hours", hours, 1, MOST_HOURS);
    limits
        .refusal(Memory.ofThisProcess(), hours)
        .ifPresent(
            reason -> {
              throw new UsageException(reason);
            });
    limits.note().ifPresent(command::note);
    command.standing().needs(limits.memory());
  }
}
