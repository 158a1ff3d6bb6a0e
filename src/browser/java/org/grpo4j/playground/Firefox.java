package org.grpo4j.playground;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.grpo4j.experiment.files.Json;

/**
 * The system's Firefox without a screen, driven by the standard protocol WebDriver BiDi, which it
 * speaks by itself: no driver is needed. {@code -Dfirefox=PATH} names one that is elsewhere.
 */
final class Firefox implements AutoCloseable {

  private static final List<String> USUAL_PLACES =
      List.of("/usr/bin/firefox-esr", "/usr/bin/firefox");

  private static final Pattern LISTENING =
      Pattern.compile("WebDriver BiDi listening on (ws://\\S+)");

  private static final long MOST_SECONDS = 120;

  private final Path profile;
  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger ids = new AtomicInteger();
  private final ConcurrentHashMap<Integer, CompletableFuture<JsonNode>> waiting =
      new ConcurrentHashMap<>();
  private final List<String> complaints = new ArrayList<>();
  private final String context;

  /** Whether there is one. */
  static boolean isThere() {
    return executable() != null;
  }

  private static Path executable() {
    String given = System.getProperty("firefox", "");
    List<String> places = given.isEmpty() ? USUAL_PLACES : List.of(given);
    return places.stream().map(Path::of).filter(Files::isExecutable).findFirst().orElse(null);
  }

  /** A window of this size. */
  Firefox(int width, int height, boolean dark) throws IOException {
    profile = Files.createTempDirectory("firefox");
    Files.writeString(
        profile.resolve("user.js"),
        "user_pref(\"layout.css.prefers-color-scheme.content-override\", "
            + (dark ? 0 : 1)
            + ");\n");
    process =
        new ProcessBuilder(
                String.valueOf(executable()),
                "--headless",
                "--no-remote",
                "--profile",
                profile.toString(),
                "--remote-debugging-port",
                "0")
            .redirectErrorStream(true)
            .start();
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(address() + "/session"), new Listener())
            .join();
    send("session.new", Json.object().set("capabilities", Json.object()));
    ObjectNode events = Json.object();
    events.putArray("events").add("log.entryAdded").add("network.beforeRequestSent");
    send("session.subscribe", events);
    context =
        send("browsingContext.create", Json.object().put("type", "tab")).path("context").asText();
    ObjectNode size = inContext();
    size.putObject("viewport").put("width", width).put("height", height);
    send("browsingContext.setViewport", size);
  }

  private String address() throws IOException {
    BufferedReader lines = process.inputReader();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher found = LISTENING.matcher(line);
      if (found.find()) {
        Thread reader = new Thread(() -> readAway(lines), "firefox-output");
        reader.setDaemon(true);
        reader.start();
        return found.group(1);
      }
    }
    throw new IOException("Firefox ended before it could be asked anything");
  }

  /** A pipe that nobody reads would hold the browser up. */
  private static void readAway(BufferedReader lines) {
    try {
      while (lines.readLine() != null) {
        // not looked at
      }
    } catch (IOException closed) {
      // the browser has ended
    }
  }

  private ObjectNode inContext() {
    return Json.object().put("context", context);
  }

  void goTo(String address) {
    send("browsingContext.navigate", inContext().put("url", address).put("wait", "complete"));
  }

  /** The result of a function that returns a text, or the promise of one. */
  String call(String function, List<String> arguments) {
    ObjectNode call = Json.object().put("functionDeclaration", function).put("awaitPromise", true);
    call.putObject("target").put("context", context);
    for (String argument : arguments) {
      call.withArray("arguments").addObject().put("type", "string").put("value", argument);
    }
    JsonNode answer = send("script.callFunction", call);
    if (!answer.path("type").asText().equals("success")) {
      throw new AssertionError(answer.at("/exceptionDetails/text").asText());
    }
    return answer.at("/result/value").asText();
  }

  byte[] screenshot() {
    String picture = send("browsingContext.captureScreenshot", inContext()).path("data").asText();
    return Base64.getDecoder().decode(picture);
  }

  /** Errors and warnings of pages, and what they asked the network for. */
  List<String> complaints() {
    synchronized (complaints) {
      return List.copyOf(complaints);
    }
  }

  private JsonNode send(String method, JsonNode parameters) {
    int id = ids.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    ObjectNode message = Json.object().put("id", id).put("method", method);
    message.set("params", parameters);
    socket.sendText(Json.line(message), true).join();
    try {
      return answer.get(MOST_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(method + ": " + e, e);
    }
  }

  private final class Listener implements WebSocket.Listener {

    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        take(text.toString());
        text.setLength(0);
      }
      webSocket.request(1);
      return null;
    }

    private void take(String message) {
      try {
        JsonNode node = Json.parse(message);
        if (node.has("id")) {
          CompletableFuture<JsonNode> answer = waiting.remove(node.path("id").asInt());
          if (node.has("error")) {
            answer.completeExceptionally(new IOException(node.path("message").asText()));
          } else {
            answer.complete(node.path("result"));
          }
        } else {
          event(node.path("method").asText(), node.path("params"));
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    private void event(String method, JsonNode node) {
      String url = node.at("/request/url").asText();
      String level = node.path("level").asText();
      synchronized (complaints) {
        if (method.equals("log.entryAdded") && List.of("error", "warn").contains(level)) {
          complaints.add(level + ": " + node.path("text").asText());
        }
        if (method.startsWith("network.") && url.matches("(https?|wss?):.*")) {
          complaints.add("request: " + url);
        }
      }
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
      try (var files = Files.walk(profile)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(file -> file.delete());
      }
    } catch (IOException | InterruptedException e) {
      // left to the system's own cleaning
    }
  }
}
