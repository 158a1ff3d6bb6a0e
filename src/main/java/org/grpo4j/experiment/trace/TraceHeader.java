package org.grpo4j.experiment.trace;

import java.util.List;
import org.grpo4j.policy.ParameterBlock;

/**
 * The facts that hold for all updates of a traced run.
 *
 * @param schema version of the format
 * @param experiment the experiment's name
 * @param seed of the run
 * @param task the task's name
 * @param vocabulary the symbol of each token id
 * @param temperature {@code tau} of all log-probabilities
 * @param groupSize completions of a prompt {@code G}
 * @param groupsPerUpdate prompts of an update
 * @param updates planned updates
 * @param parameters trainable parameters of the policy
 * @param blocks its parameter blocks
 * @param tracedGroups groups of an update with all their numbers
 * @param gradientsEvery updates between two with gradient shares, 0 for none
 */
public record TraceHeader(
    int schema,
    String experiment,
    long seed,
    String task,
    List<String> vocabulary,
    double temperature,
    int groupSize,
    int groupsPerUpdate,
    int updates,
    int parameters,
    List<ParameterBlock> blocks,
    int tracedGroups,
    int gradientsEvery) {

  /** The version of the format that this code writes and reads. */
  public static final int SCHEMA = 1;

  public TraceHeader {
    vocabulary = List.copyOf(vocabulary);
    blocks = List.copyOf(blocks);
  }
}
