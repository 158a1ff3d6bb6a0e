package org.grpo4j.policy;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A number that is not finite: where in the run it came up, what it is, and who brought it. All
 * numbers count from 0.
 *
 * @param where the part of the run; empty as long as only the caller knows it
 * @param quantity what is not finite, such as {@code log-probability}
 * @param place which gradient or parameter it is, or which token it belongs to
 * @param value NaN or an infinity
 * @param completion the completion that brought it, if one did
 */
public record NonFinite(
    Optional<Where> where,
    String quantity,
    Optional<Place> place,
    double value,
    Optional<Written> completion) {

  private static final int SHOWN_CHARACTERS = 60;
  private static final Pattern STEERS_A_TERMINAL = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

  /** A part of a run, such as {@code update} 3, and its optimiser step if it is in one. */
  public record Where(String part, long number, Optional<Step> step) {}

  /** An optimiser step: the inner epoch and its mini-batch. */
  public record Step(int epoch, int miniBatch) {}

  /** An element of a tensor, or a token of a completion. */
  public sealed interface Place {}

  /** Element {@code index} of the {@link ParameterBlock}, {@code flat} of all. */
  public record Element(String block, int index, int flat) implements Place {}

  /** A token and its symbol, {@code end} for the end token; of a logit the symbol it is for. */
  public record Token(int position, String symbol) implements Place {}

  /** A completion, which {@code row} names, as far as it is written. */
  public record Written(String row, String prompt, String text) {}

  /** A number of which no more is known. */
  public static NonFinite of(String quantity, double value) {
    return new NonFinite(Optional.empty(), quantity, Optional.empty(), value, Optional.empty());
  }

  /** The first of {@code values} that is not finite where {@code before} is, if there is one. */
  public static Optional<NonFinite> first(
      String quantity, List<ParameterBlock> blocks, double[] before, double[] values) {
    for (ParameterBlock block : blocks) {
      for (int i = 0; i < block.size(); i++) {
        int flat = block.offset() + i;
        if (!Double.isFinite(values[flat]) && Double.isFinite(before[flat])) {
          return Optional.of(of(quantity, values[flat]).at(new Element(block.name(), i, flat)));
        }
      }
    }
    return Optional.empty();
  }

  /** The same of {@code whose}. */
  public NonFinite of(String whose) {
    return new NonFinite(where, whose + " " + quantity, place, value, completion);
  }

  /** The same at this place. */
  public NonFinite at(Place which) {
    return new NonFinite(where, quantity, Optional.of(which), value, completion);
  }

  /** The same in this part of the run, unless that is known already. */
  public NonFinite in(Where part) {
    return new NonFinite(where.or(() -> Optional.of(part)), quantity, place, value, completion);
  }

  /** The same with the completion that brought it. */
  public NonFinite by(Written written) {
    return new NonFinite(where, quantity, place, value, Optional.of(written));
  }

  /** One line: {@code update 3, epoch 0, mini-batch 1: logit of token 2 '7' is NaN; group …}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    where.ifPresent(at -> text.append(at.part + " " + at.number));
    where
        .flatMap(Where::step)
        .ifPresent(at -> text.append(", epoch " + at.epoch + ", mini-batch " + at.miniBatch));
    text.append(text.isEmpty() ? "" : ": ").append(quantity);
    if (place.orElse(null) instanceof Element at) {
      text.append(" of " + at.block + "[" + at.index + "]");
    } else if (place.orElse(null) instanceof Token at) {
      text.append(" of token " + at.position + " '" + shown(at.symbol) + "'");
    }
    text.append(" is ").append(value);
    completion.ifPresent(
        by -> text.append("; " + by.row + ": " + shown(by.prompt) + " " + shown(by.text)));
    return text.toString();
  }

  private static String shown(String text) {
    String cut = text.length() > SHOWN_CHARACTERS ? text.substring(0, SHOWN_CHARACTERS) : text;
    StringBuilder safe = new StringBuilder();
    for (int point : cut.codePoints().toArray()) {
      String symbol = new String(Character.toChars(point));
      boolean steers = STEERS_A_TERMINAL.matcher(symbol).matches();
      safe.append(steers ? "\\u{" + Integer.toHexString(point) + "}" : symbol);
    }
    return safe + (text.length() > SHOWN_CHARACTERS ? "…" : "");
  }
}
