package org.grpo4j.report.page;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client that sends what it is told, byte by byte, to a port of this machine. */
final class RawClient implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 20_000;

  private final List<Socket> sockets = new ArrayList<>();
  private final int port;

  RawClient(int port) {
    this.port = port;
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  /** A request as it should be. */
  String request(String target) {
    return "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n";
  }

  /** A new connection on which this has been sent. */
  Socket connect(String text) throws IOException {
    Socket socket = new Socket("127.0.0.1", port);
    sockets.add(socket);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    send(socket, text);
    return socket;
  }

  static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The beginning of an answer, as far as the status. */
  static String beginning(Socket socket) throws IOException {
    return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
  }

  /**
   * An answer.
   *
   * @param body what follows the blank line
   */
  record Answer(int status, String body) {}

  /** The answer, whole, which must have the headers that all have. */
  static Answer read(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    int blank = text.indexOf("\r\n\r\n");
    String head = text.substring(0, Math.max(0, blank));
    for (String header :
        List.of(
            "X-Content-Type-Options: nosniff",
            "Referrer-Policy: no-referrer",
            "Cache-Control: no-store",
            "Cross-Origin-Resource-Policy: same-origin",
            "Cross-Origin-Opener-Policy: same-origin",
            "X-Frame-Options: DENY",
            "Connection: close",
            head.contains("text/html")
                ? "Content-Security-Policy: frame-ancestors 'none'"
                : "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'")) {
      assertTrue(List.of(head.split("\r\n")).contains(header), header + " is not in\n" + text);
    }
    return new Answer(Integer.parseInt(head.substring(9, 12)), text.substring(blank + 4));
  }
}
