package org.grpo4j.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Texts that would do something if a page took them for anything but text; the same for a seed. */
final class HostileStrings {

  private static final List<String> PIECES =
      List.of(
          "<img src=x onerror=\"window.pwned=1\">",
          "</script><script>window.pwned=1</script>",
          "</title></style></textarea></noscript>",
          "<!--<script>",
          "-->",
          "]]>",
          "<![CDATA[",
          "\"><svg onload=window.pwned=1>",
          "'><math href=\"javascript:window.pwned=1\"><mi>x</mi></math>",
          "<svg><animate onbegin=window.pwned=1 attributeName=x dur=1s>",
          "<iframe srcdoc='<script>parent.pwned=1</script>'>",
          "<object data=\"data:text/html,<script>window.pwned=1</script>\">",
          "<base href=//evil.example/>",
          "<meta http-equiv=refresh content=0;url=//evil.example>",
          "<link rel=stylesheet href=//evil.example/x.css>",
          "<form id=data><input name=attributes></form>",
          "<a id=grpo4j name=location href=javascript:window.pwned=1>",
          "${window.pwned=1}",
          "{{data}}{{script}}",
          "`${alert(1)}`",
          "\\\"}]}',window.pwned=1//",
          "\\u003c\\x3c&lt;&#60;",
          "javascript:window.pwned=1",
          "data:text/html;base64,PHNjcmlwdD4=",
          "//evil.example/x",
          "}*{background:url(//evil.example/x)}",
          "expression(alert(1));--x:url(//evil.example)",
          "\u2028\u2029\u0085",
          "\u0000\u0001\u001b[2J\b",
          "\ud800",
          "\udfff x",
          "\ud83d\ude00",
          "\u202e\u2066\u202dabc",
          "\ufeff\uffff\ufffe",
          "\r\ndata: {}\r\n\r\nevent: end\r\n",
          "%00%3Cscript%3E",
          "'; DROP TABLE runs; --",
          "alert(1)",
          "NaN",
          "W".repeat(3000));

  private static final List<String> KEYS =
      List.of(
          "__proto__",
          "constructor",
          "prototype",
          "toString",
          "valueOf",
          "hasOwnProperty",
          "innerHTML",
          "onclick",
          "style",
          "then",
          "length",
          "0");

  private final Random random;
  private int count;

  HostileStrings(long seed) {
    this.random = new Random(seed);
  }

  /** The next text, different from all before. */
  String next() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(3); i >= 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.insert(random.nextInt(text.length() + 1), " " + count++ + " ").toString();
  }

  /** So many of them. */
  List<String> next(int most) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      texts.add(next());
    }
    return texts;
  }

  /** A name that means something to JavaScript, or a text; with half a character it is no JSON. */
  String name() {
    return random.nextBoolean()
        ? KEYS.get(random.nextInt(KEYS.size()))
        : next().replaceAll("\\p{Cs}", "");
  }

  /** Puts a text in the place of each text, now and then an object, and adds names of its own. */
  JsonNode poison(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> one : List.copyOf(object.properties())) {
        object.set(one.getKey(), poison(one.getValue()));
      }
      if (random.nextInt(4) == 0) {
        object.set(name(), text());
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, poison(array.get(i)));
      }
    } else if (node.isTextual() && !node.asText().matches("-?(NaN|Infinity)")) {
      return text();
    }
    return node;
  }

  private JsonNode text() {
    return random.nextInt(10) > 0 ? TextNode.valueOf(next()) : properties();
  }

  /** What an element would be built with, if the page took it for its own. */
  private static ObjectNode properties() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("onclick", "window.pwned=1")
        .put("href", "javascript:window.pwned=1")
        .put("class", "hostile")
        .put("hostile", "x")
        .put("testid", "hostile");
  }
}
