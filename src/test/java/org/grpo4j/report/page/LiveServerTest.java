package org.grpo4j.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.grpo4j.experiment.files.RunCheck;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.files.TestRuns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The live page answers this machine, and nothing it should not. */
class LiveServerTest {

  private static final int TIMEOUT_MILLIS = 20_000;

  @TempDir Path temporary;
  private RunDirectory run;
  private LiveServer server;

  @BeforeEach
  void start() throws IOException {
    run = PageRuns.write(temporary.resolve("run"), 1, "x");
    server = new LiveServer(run, 0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void thePageIsServedWithHeadersThatKeepItToItself() throws IOException {
    List<String> answer = ask("GET / HTTP/1.1", "127.0.0.1:" + server.port());
    assertEquals("HTTP/1.1 200 OK", answer.get(0));
    assertTrue(answer.contains("X-Content-Type-Options: nosniff"), answer.subList(0, 12)::toString);
    assertTrue(answer.contains("Content-Type: text/html; charset=utf-8"));
    assertTrue(answer.contains("X-Frame-Options: DENY"));
    String page = String.join("\n", answer);
    assertTrue(page.contains("connect-src 'self'"), "the page may ask for events");
    assertTrue(page.contains("\"live\":{\"events\":\"/events\"}"));
  }

  @Test
  void bothNamesOfThisMachineAreAnswered() throws IOException {
    assertEquals(200, status("GET / HTTP/1.1", "localhost:" + server.port()));
  }

  @Test
  void anotherHostIsRefused() throws IOException {
    for (String host :
        List.of("evil.example", "evil.example:" + server.port(), "127.0.0.1", "127.0.0.1:1")) {
      assertEquals(403, status("GET / HTTP/1.1", host), host);
      assertEquals(403, status("GET /events HTTP/1.1", host), host);
    }
  }

  @Test
  void thereAreNoOtherAddresses() throws IOException {
    String host = "127.0.0.1:" + server.port();
    for (String path :
        List.of(
            "/config.yaml",
            "/../config.yaml",
            "/%2e%2e/config.yaml",
            "/trace/header.json",
            "/events/",
            "/index.html")) {
      assertEquals(404, status("GET " + path + " HTTP/1.1", host), path);
    }
  }

  @Test
  void onlyGetIsAllowed() throws IOException {
    String host = "127.0.0.1:" + server.port();
    for (String method : List.of("POST", "PUT", "DELETE", "HEAD", "OPTIONS")) {
      assertEquals(405, status(method + " / HTTP/1.1", host), method);
    }
    List<String> answer = ask("POST /events HTTP/1.1", host);
    assertTrue(answer.contains("Allow: GET"), answer::toString);
  }

  @Test
  void otherMachinesCannotConnect() throws IOException {
    for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      for (InetAddress address : Collections.list(network.getInetAddresses())) {
        if (!address.isLoopbackAddress()) {
          assertFalse(connects(address), address + " is served too");
        }
      }
    }
  }

  @Test
  void whatIsNewArrivesAsEventsUntilTheRunEnds() throws IOException {
    try (Socket socket = connect()) {
      send(socket, "GET /events?metrics=1&trace=1&header=1 HTTP/1.1", "127.0.0.1:" + server.port());
      BufferedReader reader = reader(socket);
      readUntil(reader, "retry:");
      append(run.metricsJsonLines(), PageRuns.metricsLine(1) + "\n");
      RunCheck.accept(run, "metrics.jsonl");
      assertEquals("data: " + PageRuns.metricsLine(1), after(reader, "event: metrics"));

      String line = PageRuns.traceLine(1, "é");
      int half = line.length() / 2;
      append(run.traceLines(), line.substring(0, half));
      append(run.traceLines(), line.substring(half) + "\n");
      RunCheck.accept(run, "trace/updates.jsonl");
      assertEquals("data: " + line, after(reader, "event: trace"));

      TestRuns.write(run, run.summary(), "{\n  \"status\" : \"finished\"\n}\n");
      assertEquals("data: {\"status\":\"finished\"}", after(reader, "event: summary"));
      readUntil(reader, "event: end");
    }
  }

  @Test
  void aPageThatHasNothingIsToldEverything() throws IOException {
    TestRuns.write(run, run.summary(), "{}");
    List<String> events = new ArrayList<>();
    for (String line : ask("GET /events HTTP/1.1", "127.0.0.1:" + server.port())) {
      if (line.startsWith("event: ")) {
        events.add(line.substring(7));
      }
    }
    assertEquals(List.of("header", "metrics", "trace", "summary", "end"), events);
  }

  private boolean connects(InetAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, server.port()), 1000);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  private int status(String request, String host) throws IOException {
    return Integer.parseInt(ask(request, host).get(0).split(" ")[1]);
  }

  /** The answer, line by line; the connection is closed after it. */
  private List<String> ask(String request, String host) throws IOException {
    try (Socket socket = connect()) {
      send(socket, request, host);
      List<String> lines = new ArrayList<>();
      BufferedReader reader = reader(socket);
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
      return lines;
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket("127.0.0.1", server.port());
    socket.setSoTimeout(TIMEOUT_MILLIS);
    return socket;
  }

  private static void send(Socket socket, String request, String host) throws IOException {
    String text = request + "\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.APPEND);
  }

  private static void readUntil(BufferedReader reader, String beginning) throws IOException {
    String line = reader.readLine();
    while (line != null && !line.startsWith(beginning)) {
      line = reader.readLine();
    }
    assertTrue(line != null, "never came: " + beginning);
  }

  private static String after(BufferedReader reader, String line) throws IOException {
    readUntil(reader, line);
    return reader.readLine();
  }
}
