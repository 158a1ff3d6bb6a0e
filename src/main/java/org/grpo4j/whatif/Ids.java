package org.grpo4j.whatif;

import java.util.List;

/** Words as experiment files write them. */
final class Ids {

  private Ids() {}

  /** {@code RAW_REWARD} as {@code raw-reward}. */
  static String of(Enum<?> constant) {
    StringBuilder id = new StringBuilder();
    String name = constant.name();
    for (int i = 0; i < name.length(); i++) {
      char letter = name.charAt(i);
      boolean upper = letter >= 'A' && letter <= 'Z';
      id.append(letter == '_' ? '-' : upper ? (char) (letter - 'A' + 'a') : letter);
    }
    return id.toString();
  }

  /** {@code a, b, c}. */
  static String list(List<String> words) {
    StringBuilder text = new StringBuilder();
    for (String word : words) {
      text.append(text.isEmpty() ? "" : ", ").append(word);
    }
    return text.toString();
  }
}
