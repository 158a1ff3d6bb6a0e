package org.grpo4j.playground.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.grpo4j.experiment.trace.TraceDigest;
import org.grpo4j.experiment.trace.TracedCompletion;
import org.grpo4j.experiment.trace.TracedUpdate;
import org.grpo4j.policy.NonFiniteException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlaygroundRunTest {

  private static Stream<RunSettings> all() {
    RunSettings table = Runs.table(0.05);
    RunSettings transformer = Runs.transformer(1.5e-3);
    return Stream.of(
        table,
        transformer,
        Runs.ppo(table, false),
        Runs.ppo(transformer, false),
        Runs.ppo(transformer, true));
  }

  private static PlaygroundRun begin(RunSettings settings) {
    return new PlaygroundRun(settings, Optional.empty());
  }

  private static TraceDigest update(PlaygroundRun run) {
    return run.update(1).traced().map(TracedUpdate::digest).orElseThrow();
  }

  private static List<TraceDigest> updates(PlaygroundRun run, int count) {
    List<TraceDigest> digests = new ArrayList<>();
    for (int u = 0; u < count; u++) {
      digests.add(update(run));
    }
    return digests;
  }

  @ParameterizedTest
  @MethodSource("all")
  void anyUpdateAgainHasTheSameBits(RunSettings settings) {
    PlaygroundRun run = begin(settings);
    List<TraceDigest> first = updates(run, 12);
    for (int back : new int[] {11, 3, 5, 0, 7}) {
      run.seek(back);
      assertEquals(back, run.updatesDone());
      assertEquals(first.subList(back, 12), updates(run, 12 - back));
    }
    assertEquals(12, run.updatesKnown());
  }

  @ParameterizedTest
  @MethodSource("all")
  void lookingAtGroupsChangesNothing(RunSettings settings) {
    PlaygroundRun unseen = begin(settings);
    PlaygroundRun seen = begin(settings);
    updates(seen, 3);
    for (int u = 0; u < 3; u++) {
      unseen.update(0);
    }
    assertEquals(update(seen), update(unseen));
  }

  @ParameterizedTest
  @MethodSource("all")
  void aRunRemembersItsChanges(RunSettings settings) {
    PlaygroundRun run = begin(settings);
    List<TraceDigest> first = updates(run, 6);
    RunSettings other =
        settings.model() == Catalogue.Model.TABLE ? Runs.table(0.2) : Runs.transformer(3e-3);
    if (settings.critic().isPresent()) {
      other = Runs.ppo(other, settings.critic().get().isValueHead());
    }
    run.change(other);
    first.addAll(updates(run, 6));
    run.seek(2);
    assertEquals(settings, run.settings());
    assertEquals(first.subList(2, 12), updates(run, 10));
    run.seek(8);
    assertEquals(other, run.settings());
    assertEquals(first.get(8), update(run));
  }

  @Test
  void aChangeInThePastGivesUpWhatCameAfterIt() {
    PlaygroundRun run = begin(Runs.transformer(1.5e-3));
    List<TraceDigest> first = updates(run, 10);
    run.seek(4);
    run.change(Runs.ppo(Runs.transformer(1.5e-3), false));
    assertEquals(4, run.updatesKnown());
    assertNotEquals(first.get(4).parameters(), update(run).parameters());
    assertThrows(IllegalArgumentException.class, () -> run.seek(6));
  }

  @Test
  void fromGrpoToPpoAndBack() {
    for (RunSettings grpo : List.of(Runs.table(0.05), Runs.transformer(1.5e-3))) {
      PlaygroundRun run = begin(grpo);
      List<TraceDigest> first = updates(run, 5); // the change is at a state that is kept
      run.change(Runs.ppo(grpo, false));
      first.addAll(updates(run, 6));
      run.change(grpo);
      first.addAll(updates(run, 2));
      for (int back : new int[] {0, 5, 7, 11}) {
        run.seek(back);
        assertEquals(first.subList(back, 13), updates(run, 13 - back));
      }
    }
  }

  @Test
  void aChangeBeforeTheNextUpdateIsStillThereAfterGoingBack() {
    RunSettings first = Runs.table(0.05);
    RunSettings other = Runs.table(0.2);
    PlaygroundRun run = begin(first);
    updates(run, 7);
    run.change(other);
    run.seek(6);
    assertEquals(first, run.settings());
    update(run);
    assertEquals(other, run.settings());
    run.seek(2);
    run.seek(7);
    assertEquals(other, run.settings());
  }

  @Test
  void anUpdateThatFailsLeavesTheStateBeforeIt() {
    PlaygroundRun run = begin(Runs.transformer(1.5e-3));
    PlaygroundRun same = begin(Runs.transformer(1.5e-3));
    updates(run, 7);
    updates(same, 7);
    run.change(Runs.transformer(1e30)); // mu is 2: the second step meets what the first made
    Map<Integer, Double> live = Map.of(0, 1.0, 1, 0.0);
    assertThrows(NonFiniteException.class, () -> run.update(1, live));
    assertEquals(7, run.updatesDone());
    assertThrows(NonFiniteException.class, () -> run.update(1, live));
    run.change(Runs.transformer(1.5e-3));
    assertEquals(updates(same, 3), updates(run, 3));
  }

  @Test
  void aRewardByHandIsTheRewardThatTeaches() {
    PlaygroundRun run = begin(Runs.table(0.05));
    TracedUpdate ruled = run.update(1).traced().orElseThrow();
    TraceDigest second = update(run);
    run.seek(0);
    double other = 1 - ruled.batch().rewards().get(3);
    TracedUpdate byHand = run.update(1, Map.of(3, other)).traced().orElseThrow();
    assertEquals(1, run.updatesKnown());
    assertEquals(ruled.batch().texts(), byHand.batch().texts());
    assertEquals(other, byHand.batch().rewards().get(3));
    assertNotEquals(ruled.digest().advantages(), byHand.digest().advantages());
    TraceDigest after = update(run);
    assertNotEquals(second, after);
    run.seek(0);
    assertEquals(byHand.digest(), update(run));
    assertEquals(after, update(run));
  }

  @Test
  void aGroupThatAHandMadeDeadStaysInSight() {
    PlaygroundRun run = begin(Runs.table(0.05));
    List<Integer> alive = rows(run.update(2)); // of two groups
    run.seek(0);
    List<Integer> second = alive.subList(4, 8);
    Map<Integer, Double> equal = new TreeMap<>(Map.of(999, 1.0)); // there is no such row
    second.forEach(row -> equal.put(row, 0.0));
    assertEquals(second, rows(run.update(1, equal)));
    run.seek(0);
    assertEquals(alive, rows(run.update(2)), "another place would be another group to the reader");
  }

  private static List<Integer> rows(PlaygroundRun.Step step) {
    return step.traced().orElseThrow().groups().stream()
        .flatMap(group -> group.completions().stream())
        .map(TracedCompletion::row)
        .toList();
  }

  @Test
  void aLongRunKeepsFewStatesAndStillGoesBackAnywhere() {
    PlaygroundRun run = begin(Runs.table(0.05));
    List<Double> first = new ArrayList<>();
    for (int u = 0; u < 450; u++) {
      first.add(run.update(0).metrics().get("entropy"));
    }
    for (int back : new int[] {449, 7, 211}) {
      run.seek(back);
      assertEquals(first.get(back), run.update(0).metrics().get("entropy"));
    }
  }

  @Test
  void manyChangesAreDoneAgainToo() {
    RunSettings[] either = {Runs.table(0.05), Runs.table(0.2)};
    PlaygroundRun run = begin(either[0]);
    List<TraceDigest> first = new ArrayList<>();
    for (int u = 0; u < 60; u++) {
      run.change(either[u % 2]);
      first.add(update(run));
    }
    for (int back : new int[] {59, 4, 17}) {
      run.seek(back);
      assertEquals(either[back % 2], run.settings());
      assertEquals(first.subList(back, 60), updates(run, 60 - back));
    }
  }

  @Test
  void aRunBeginsWithAFile() {
    PlaygroundRun run = begin(Runs.transformer(1.5e-3));
    updates(run, 2);
    byte[] file = run.checkpoint();
    PlaygroundRun other = new PlaygroundRun(Runs.transformer(1.5e-3), Optional.of(file));
    assertEquals(run.think("47+85=", "[2", 1), other.think("47+85=", "[2", 1));
    file[32] = 99; // a size
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> new PlaygroundRun(Runs.transformer(1.5e-3), Optional.of(file)));
    assertTrue(refused.getMessage().startsWith("policy: "), refused.getMessage());
  }

  @Test
  void aThoughtIsADistributionAtEveryPrefix() {
    PlaygroundRun run = begin(Runs.transformer(1.5e-3));
    Thought thought = run.think("47+85=", "[2", 1);
    assertEquals(3, thought.probabilities().size());
    assertEquals(
        thought.probabilities().subList(0, 2), run.think("47+85=", "[", 1).probabilities());
    for (String wrong : List.of("47+8=", "x7+85=")) {
      assertThrows(IllegalArgumentException.class, () -> run.think(wrong, "", 1));
    }
    assertThrows(IllegalArgumentException.class, () -> run.think("47+85=", "123456789", 1));
  }
}
