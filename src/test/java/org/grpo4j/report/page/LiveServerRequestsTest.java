package org.grpo4j.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.grpo4j.experiment.files.RunCheck;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.files.TestRuns;
import org.junit.jupiter.api.Test;

/** Whoever asks the live page from elsewhere, wrongly or for what is not the run's is told so. */
class LiveServerRequestsTest extends ServedRun {

  @Test
  void pagesFromElsewhereGetNothingButALink() throws IOException {
    String own = "Origin: http://127.0.0.1:" + server.port() + "\r\n";
    String same = "Sec-Fetch-Site: same-origin\r\n";
    String cross = "Sec-Fetch-Site: cross-site\r\n";
    String link = "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n";
    Map<String, String> answers =
        Map.ofEntries(
            Map.entry("", "200 200"),
            Map.entry(own, "200 200"),
            Map.entry(own.replace("127.0.0.1", "localhost") + same, "200 200"),
            Map.entry(same, "200 200"),
            Map.entry("Sec-Fetch-Site: none\r\n" + link, "200 200"),
            Map.entry(cross, "403 403"),
            Map.entry("Sec-Fetch-Site: same-site\r\n", "403 403"),
            Map.entry(same + cross, "403 403"),
            Map.entry(cross + link, "200 403"),
            Map.entry(cross + link.replace("document", "iframe"), "403 403"),
            Map.entry("Origin: https://evil.example\r\n" + cross + link, "403 403"),
            Map.entry("Origin: https://evil.example\r\n", "403 403"),
            Map.entry("Origin: null\r\n", "403 403"),
            Map.entry(own.replace("http:", "https:"), "403 403"),
            Map.entry("Origin: http://localhost:1\r\n", "403 403"),
            Map.entry(own + "Origin: null\r\n", "403 403"));
    for (Map.Entry<String, String> one : answers.entrySet()) {
      String page = client.request("/").replace("\r\n\r\n", "\r\n" + one.getKey() + "\r\n");
      String events = page.replace("GET / ", "GET /events ");
      String found =
          RawClient.read(client.connect(page)).status()
              + " "
              + RawClient.beginning(client.connect(events)).substring(9, 12);
      assertEquals(one.getValue(), found, one.getKey());
    }
  }

  @Test
  void whatIsNoRequestIsSaidAndTheConnectionEnds() throws IOException {
    String host = "Host: 127.0.0.1:" + server.port() + "\r\n";
    String line = "GET / HTTP/1.1\r\n";
    Map<String, Integer> answers =
        Map.ofEntries(
            Map.entry("GET /" + "x".repeat(5000) + " HTTP/1.1\r\n" + host + "\r\n", 414),
            Map.entry("G".repeat(1_000_000), 414),
            Map.entry(line + host + ("X-" + "y".repeat(1000) + ": z\r\n").repeat(20), 431),
            Map.entry(line + host + "X: " + "z".repeat(1_000_000) + "\r\n\r\n", 431),
            Map.entry("\r\n\r\n", 400),
            Map.entry("GET /\r\n\r\n", 400),
            Map.entry("\u0016\u0003\u0001\u0002\r\n\r\n", 400),
            Map.entry("GET  / HTTP/1.1\r\n" + host + "\r\n", 400),
            Map.entry(line + host + "no header\r\n\r\n", 400),
            Map.entry(line + host + " folded: x\r\n\r\n", 400),
            Map.entry(line + "Host : 127.0.0.1:" + server.port() + "\r\n\r\n", 400),
            Map.entry("PRI * HTTP/2.0\r\n\r\n", 505),
            Map.entry(line + host + host + "\r\n", 403),
            Map.entry(line + "\r\n", 403),
            Map.entry("POST / HTTP/1.1\r\n" + host + "Content-Length: 9\r\n\r\n123456789", 405),
            Map.entry("GET http://127.0.0.1/ HTTP/1.1\r\n" + host + "\r\n", 404),
            Map.entry("GET /%00 HTTP/1.1\r\n" + host + "\r\n", 404),
            Map.entry(line.replace("1.1", "1.0") + host + "\r\n", 200),
            Map.entry((line + host + "\r\n").replace("\r\n", "\n"), 200),
            Map.entry(line + host + "Content-Length: 99999999999\r\n\r\n", 200));
    for (Map.Entry<String, Integer> one : answers.entrySet()) {
      String shown = one.getKey().substring(0, Math.min(60, one.getKey().length()));
      RawClient.Answer answer = RawClient.read(client.connect(one.getKey()));
      assertEquals(one.getValue(), answer.status(), shown);
      assertTrue(answer.body().endsWith("\n"), shown);
    }
  }

  @Test
  void aDamagedFileGetsAnAnswer() throws IOException {
    Files.writeString(run.config(), "{[}\u0000");
    RawClient.Answer answer = RawClient.read(client.connect(client.request("/")));
    assertEquals(500, answer.status());
    assertTrue(answer.body().contains("config.yaml"), answer.body());
  }

  @Test
  void whatIsNoObjectOfJsonIsSaidInTheStream() throws IOException {
    for (String line : List.of("null", "[]", "{\"update\":", "\"x\"", "{}}", "")) {
      Files.writeString(run.metricsJsonLines(), "{\"update\":\r0}\n" + line + "\n");
      RunCheck.accept(run, "metrics.jsonl");
      String events = RawClient.read(client.connect(client.request("/events"))).body();
      assertTrue(events.contains("event: damage\ndata: {\"text\":\""), line + events);
      assertTrue(events.contains("metrics.jsonl"), line + events);
    }
    Files.writeString(run.metricsJsonLines(), "{\"update\":\r0}\n");
    RunCheck.accept(run, "metrics.jsonl");
    TestRuns.write(run, run.summary(), "{}");
    String events = RawClient.read(client.connect(client.request("/events"))).body();
    assertTrue(events.contains("event: metrics\ndata: {\"update\": 0}\n\n"), events);
  }

  @Test
  void damageThatAppearsLaterIsSaidInTheStream() throws IOException {
    Socket stream = client.connect(client.request("/events?metrics=1&trace=1&header=1"));
    RawClient.beginning(stream);
    Files.writeString(run.metricsJsonLines(), PageRuns.metricsLine(7) + "\n");
    Files.writeString(run.completions(), "{}\n");
    RunCheck.accept(run, "completions.jsonl");
    String events = new String(stream.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(events.contains("event: damage\n"), events);
    assertTrue(events.contains("metrics.jsonl: changed at line 1 since the run wrote it"), events);
  }

  @Test
  void noLinkInsideARunIsFollowed() throws IOException {
    Files.writeString(run.summary(), "{}");
    Files.writeString(run.manifest(), "{}");
    Files.writeString(run.completions(), "{}\n");
    TestRuns.accept(run.path());
    Path outside = Files.writeString(temporary.resolve("outside"), "{\"secret\": 1}\n");
    for (String name :
        List.of(
            "metrics.jsonl",
            "completions.jsonl",
            "summary.json",
            "manifest.json",
            "trace/header.json",
            "trace/updates.jsonl",
            "config.yaml",
            "trace")) {
      Path file = run.path().resolve(name);
      Path kept = Files.move(file, temporary.resolve("kept"));
      Files.createSymbolicLink(file, name.equals("trace") ? kept : outside);
      RawClient.Answer page = RawClient.read(client.connect(client.request("/")));
      assertEquals(name.equals("config.yaml") ? 500 : 200, page.status(), name);
      assertTrue(page.body().contains("is a link or no file, and is not read"), name);
      assertFalse(page.body().contains("secret"), name);
      if (!name.matches("completions.*|manifest.*|config.*")) {
        String events = RawClient.read(client.connect(client.request("/events"))).body();
        assertTrue(events.contains("event: damage\ndata: {\"text\":\""), events);
        assertTrue(events.contains("is a link or no file"), events);
        assertFalse(events.contains("secret"), events);
      }
      Files.delete(file);
      Files.move(kept, file);
    }
  }

  @Test
  void aRunBehindALinkIsShown() throws IOException {
    Path link = Files.createSymbolicLink(temporary.resolve("link"), run.path());
    try (LiveServer behind = new LiveServer(RunDirectory.open(link), 0)) {
      RawClient there = new RawClient(behind.port());
      assertEquals(200, RawClient.read(there.connect(there.request("/"))).status());
      there.close();
    }
  }
}
