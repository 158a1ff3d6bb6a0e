package org.grpo4j.playground.browser;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.grpo4j.metric.WilsonInterval;
import org.grpo4j.playground.engine.PlaygroundRun;
import org.grpo4j.playground.engine.Thought;
import org.grpo4j.playground.engine.TraceTree;
import org.grpo4j.policy.NonFiniteException;
import org.grpo4j.train.evaluation.Evaluation;
import org.grpo4j.whatif.browser.Fields;
import org.grpo4j.whatif.browser.Js;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;
import org.teavm.jso.typedarrays.Int8Array;

/**
 * The functions that the worker of the playground calls. There is one run at a time. What cannot be
 * done comes back as {@code {error: "key: rule, value"}}, and the run is as it was.
 */
public final class Engine {

  private static final AtomicReference<PlaygroundRun> RUN = new AtomicReference<>();

  private Engine() {}

  /** The compiler starts here; there is nothing to do. */
  public static void main(String[] arguments) {}

  /** A run before its first update: {@code {header}}. */
  @JSExport
  public static JSObject begin(JSObject settings, @Nullable Int8Array start) {
    return answer(
        () -> {
          Optional<byte[]> file =
              start == null || Js.isMissing(start)
                  ? Optional.empty()
                  : Optional.of(start.copyToJavaArray());
          RUN.set(new PlaygroundRun(SettingsReader.read(settings), file));
          return header();
        });
  }

  /** Goes on with other settings: {@code {header}}. */
  @JSExport
  public static JSObject change(JSObject settings) {
    return answer(
        () -> {
          run().change(SettingsReader.read(settings));
          return header();
        });
  }

  private static Map<String, @Nullable Object> header() {
    return Map.of("header", TraceTree.of(run().header(0)));
  }

  /**
   * The next update: {@code {metrics, line}}.
   *
   * @param options {@code trace}, the number of groups looked at, and {@code rewards} by hand,
   *     {@code [{row, value}]}; without, the update is what it was if it was done before
   */
  @JSExport
  public static JSObject update(JSObject options) {
    return answer(
        () -> {
          Fields fields = Fields.of("update", options);
          int traced = fields.integer("trace");
          PlaygroundRun.Step step =
              fields.has("rewards") ? run().update(traced, rewards(fields)) : run().update(traced);
          Map<String, @Nullable Object> result = new LinkedHashMap<>();
          result.put("metrics", step.metrics());
          step.traced().ifPresent(line -> result.put("line", TraceTree.of(line)));
          result.put("updatesDone", run().updatesDone());
          return result;
        });
  }

  private static Map<Integer, Double> rewards(Fields fields) {
    Map<Integer, Double> rewards = new TreeMap<>();
    for (Fields one : fields.objects("rewards")) {
      rewards.put(one.integer("row"), one.number("value"));
    }
    return rewards;
  }

  /** Goes to the state before an update that is known: {@code {updatesDone, header}}. */
  @JSExport
  public static JSObject seek(int update) {
    return answer(
        () -> {
          run().seek(update);
          return Map.of(
              "updatesDone", run().updatesDone(), "header", TraceTree.of(run().header(0)));
        });
  }

  /** Greedy accuracy: {@code {greedy, lower, upper}}. */
  @JSExport
  public static JSObject evaluate(int problems) {
    return answer(
        () -> {
          Evaluation evaluation = run().evaluate(problems);
          WilsonInterval interval = evaluation.greedyAccuracy().interval();
          return Map.of(
              "greedy", evaluation.greedyAccuracy().value(),
              "lower", interval.lower(),
              "upper", interval.upper());
        });
  }

  /**
   * The policy's distribution at every prefix of a completion: {@code {probabilities, greedy}}.
   *
   * @param question {@code {prompt, completion, temperature}}
   */
  @JSExport
  public static JSObject think(JSObject question) {
    return answer(
        () -> {
          Fields fields = Fields.of("think", question);
          Thought thought =
              run()
                  .think(
                      fields.text("prompt"),
                      fields.text("completion"),
                      fields.number("temperature"));
          return Map.of("probabilities", thought.probabilities(), "greedy", thought.greedy());
        });
  }

  /** The file of the policy as it is, with its optimiser: {@code {file}}. */
  @JSExport
  public static JSObject checkpoint() {
    JSObject result = answer(() -> new LinkedHashMap<>(Map.of("updatesDone", run().updatesDone())));
    if (RUN.get() != null) {
      Js.set(result, "file", Int8Array.copyFromJavaArray(run().checkpoint()));
    }
    return result;
  }

  /**
   * The updates whose settings are those of the next one, behind which it stands: {@code {from}}.
   */
  @JSExport
  public static JSObject extent() {
    return answer(() -> Map.of("from", run().unchangedSince()));
  }

  /**
   * The run directory of the updates since the settings last changed, packed: {@code {zip}}.
   *
   * @param options {@code name} of the directory, {@code from}, and {@code texts}, {@code [{path,
   *     text, grows}]}
   */
  @JSExport
  public static JSObject files(JSObject options) {
    JSObject result = Js.object();
    Map<String, String> texts = new LinkedHashMap<>();
    Set<String> growing = new TreeSet<>();
    JSObject problem =
        answer(
            () -> {
              Fields fields = Fields.of("files", options);
              for (Fields one : fields.objects("texts")) {
                texts.put(one.text("path"), one.text("text"));
                if (one.integer("grows") == 1) {
                  growing.add(one.text("path"));
                }
              }
              byte[] zip = run().files(fields.integer("from"), fields.text("name"), texts, growing);
              Js.set(result, "zip", Int8Array.copyFromJavaArray(zip));
              return Map.of();
            });
    return Js.isMissing(Js.get(problem, "error")) ? result : problem;
  }

  private static PlaygroundRun run() {
    PlaygroundRun run = RUN.get();
    if (run == null) {
      throw new IllegalArgumentException("begin: must be called first");
    }
    return run;
  }

  private static JSObject answer(Supplier<Map<String, @Nullable Object>> work) {
    try {
      JSObject object = TreeWriter.object(work.get());
      return object == null ? Js.object() : object;
    } catch (IllegalArgumentException | NonFiniteException e) {
      JSObject error = Js.object();
      Js.set(error, "error", Js.of(String.valueOf(e.getMessage())));
      return error;
    }
  }
}
