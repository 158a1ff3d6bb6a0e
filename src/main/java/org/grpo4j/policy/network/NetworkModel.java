package org.grpo4j.policy.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.grpo4j.math.Require;
import org.grpo4j.policy.Decoding;
import org.grpo4j.policy.ExpAndLog;
import org.grpo4j.policy.Routing;
import org.grpo4j.policy.TokenDistributions;
import org.grpo4j.policy.TokenModel;
import org.grpo4j.policy.Workers;
import org.grpo4j.policy.network.MicroBatches.Range;
import org.grpo4j.policy.network.engine.Engine;
import org.grpo4j.policy.network.engine.MicroPass;
import org.grpo4j.policy.network.engine.TokenChecks;
import org.grpo4j.rollout.Sequence;
import org.grpo4j.task.TokenSequence;

/**
 * The shared part of policies and their snapshots: an engine, cut into micro-batches and spread
 * over workers.
 *
 * @param engine what the network is computed with
 * @param workers who computes
 * @param kind what the network is
 */
record NetworkModel(Engine engine, Workers workers, NetworkKind kind) implements TokenModel {

  /** One micro-batch that has gone forward. */
  record Part(
      Range range, MicroPass pass, TokenDistributions distributions, Optional<Routing> routing) {}

  @Override
  public int vocabularySize() {
    return kind.vocabularySize();
  }

  @Override
  public int contextLength() {
    return kind.contextLength();
  }

  @Override
  public ExpAndLog functions() {
    return kind.precision().functions();
  }

  @Override
  public Decoding startDecoding(List<TokenSequence> prompts, int copies) {
    TokenChecks.requirePrompts(prompts, copies, vocabularySize(), contextLength());
    return engine.startDecoding(prompts, copies);
  }

  @Override
  public TokenDistributions distributions(List<Sequence> rows, double temperature) {
    return join(forward(rows, temperature, Optional.empty(), false));
  }

  @Override
  public Optional<Routing> routing(List<Sequence> rows) {
    return joinRoutings(forward(rows, 1, Optional.empty(), false));
  }

  /** The routing of all micro-batches; empty without experts or without rows. */
  static Optional<Routing> joinRoutings(List<Part> parts) {
    List<Routing> routings = new ArrayList<>();
    parts.forEach(part -> part.routing().ifPresent(routings::add));
    return routings.isEmpty() ? Optional.empty() : Optional.of(Routing.join(routings));
  }

  /**
   * All micro-batches forward.
   *
   * @param given the experts to go through; empty where the router decides
   * @param keep false gives the activations back at once
   */
  List<Part> forward(
      List<Sequence> rows, double temperature, Optional<Routing> given, boolean keep) {
    Require.that(temperature > 0, "temperature: must be positive, got " + temperature);
    TokenChecks.requireRows(rows, vocabularySize(), contextLength());
    List<Range> ranges = MicroBatches.of(rows);
    return workers.mapOrdered(
        ranges.size(),
        i -> {
          Range range = ranges.get(i);
          List<Sequence> part = rows.subList(range.from(), range.to());
          Optional<Routing> ofPart = given.map(all -> all.rows(range.from(), range.to()));
          MicroPass pass = engine.forward(part, ofPart);
          Optional<Routing> routing = pass.routing();
          ofPart.ifPresent(wanted -> routing.orElseThrow().requireReplayOf(wanted));
          TokenDistributions distributions =
              new TokenDistributions(
                  part, vocabularySize(), temperature, functions(), pass::logits);
          if (!keep) {
            pass.release();
          }
          return new Part(range, pass, distributions, routing);
        });
  }

  static TokenDistributions join(List<Part> parts) {
    return TokenDistributions.join(parts.stream().map(Part::distributions).toList());
  }
}
