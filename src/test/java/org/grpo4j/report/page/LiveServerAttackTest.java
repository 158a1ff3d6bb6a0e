package org.grpo4j.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;

/** Whatever is sent to the live page, everybody gets an answer in time. */
class LiveServerAttackTest extends ServedRun {

  private static final long SOON = 2_000_000_000;

  @Test
  void requestsWithoutAnEndHoldNobodyUp() throws Exception {
    List<Socket> stuck = new ArrayList<>();
    String[] begun = {"G", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: 127.0.0.1:", "\r\n"};
    for (int i = 0; i < 100; i++) {
      stuck.add(client.connect(begun[i % begun.length]));
    }
    assertPageSoon();
    Socket dripping = client.connect("GET / HTTP/1.1\r\nX: ");
    Thread drops = new Thread(() -> drip(dripping));
    drops.start();
    List<Socket> more = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      more.add(client.connect("GET / HTTP/1.1\r\n"));
    }
    long start = System.nanoTime();
    int full = 0;
    for (Socket socket : more.subList(40, 60)) {
      RawClient.Answer answer = RawClient.read(socket);
      assertEquals(503, answer.status());
      assertTrue(answer.body().startsWith("Too many connections"), answer.body());
      full++;
    }
    assertEquals(20, full);
    assertTrue(System.nanoTime() - start < SOON, "turned away at once");
    for (Socket socket : stuck) {
      assertEquals(408, RawClient.read(socket).status());
    }
    assertEquals(408, RawClient.read(dripping).status());
    drops.join();
    assertPageSoon();
  }

  @Test
  void openStreamsHoldNobodyUpAndEndWithTheirReaders() throws Exception {
    List<Socket> streams = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      streams.add(client.connect(client.request("/events?header=1&metrics=1&trace=1")));
      assertTrue(RawClient.beginning(streams.get(i)).startsWith("HTTP/1.1 200"));
    }
    for (int i = 0; i < 10; i++) {
      RawClient.Answer answer = RawClient.read(client.connect(client.request("/events")));
      assertEquals(503, answer.status());
      assertTrue(answer.body().startsWith("Too many open pages"), answer.body());
    }
    assertPageSoon();
    for (Socket stream : streams.subList(0, 10)) {
      stream.close();
    }
    long end = System.nanoTime() + SOON / 2;
    int again = 0;
    while (again < 10 && System.nanoTime() < end) {
      again +=
          RawClient.beginning(client.connect(client.request("/events"))).startsWith("HTTP/1.1 200")
              ? 1
              : 0;
    }
    assertEquals(10, again, "slots are free as soon as their readers have gone");
  }

  @Test
  void whoDoesNotTakeAnAnswerInTimeLosesTheConnection() throws Exception {
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket lazy = new Socket(door.getInetAddress(), door.getLocalPort());
        Socket socket = door.accept()) {
      HttpAnswer answer = new HttpAnswer(socket, clock);
      assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () -> assertThrows(SocketException.class, () -> answer.send("x".repeat(60_000_000))));
      assertFalse(lazy.isClosed());
    } finally {
      clock.shutdownNow();
    }
  }

  private void assertPageSoon() throws IOException {
    long start = System.nanoTime();
    assertEquals(200, RawClient.read(client.connect(client.request("/"))).status());
    assertTrue(System.nanoTime() - start < SOON, "the page took too long");
  }

  /** A byte now and then keeps a connection from being idle. */
  private static void drip(Socket socket) {
    try {
      while (true) {
        RawClient.send(socket, "y");
        Thread.sleep(100);
      }
    } catch (IOException | InterruptedException closed) {
      // it was closed, as it should be
    }
  }
}
