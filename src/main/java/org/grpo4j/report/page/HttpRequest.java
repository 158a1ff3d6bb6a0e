package org.grpo4j.report.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request: its first line and its headers. A body is never looked at, since nothing here takes
 * one.
 *
 * @param method as it was sent, such as {@code GET}
 * @param path the target up to a question mark, as it was sent; nothing is decoded
 * @param query what follows the question mark, empty if there is none
 * @param headers the values of each header in the order of the request; names in small letters
 */
record HttpRequest(String method, String path, String query, Map<String, List<String>> headers) {

  /** The most bytes of a first line; the page's own have some fifty. */
  private static final int MOST_LINE = 4096;

  /** The most bytes of first line and headers together; browsers send about one thousand. */
  private static final int MOST_HEAD = 16_384;

  private static final Pattern LINE = Pattern.compile("([A-Z]{1,20}) (\\S+) HTTP/(\\d)\\.\\d");
  private static final Pattern HEADER =
      Pattern.compile("([\\w!#$%&'*+.^`|~-]+):[ \\t]*(.*?)[ \\t]*");

  /**
   * Reads a request.
   *
   * @param within how long all of it may take, in milliseconds
   * @return nothing if the other side left without a word, as browsers do with spare connections
   * @throws RefusedRequestException if it is too long, too slow or no request
   */
  static Optional<HttpRequest> read(Socket socket, long within) throws IOException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(within);
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    byte[] buffer = new byte[MOST_LINE];
    while (true) {
      int count;
      try {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        socket.setSoTimeout((int) Math.max(1, left));
        count = left <= 0 ? 0 : socket.getInputStream().read(buffer);
      } catch (SocketTimeoutException late) {
        count = 0;
      }
      if (count <= 0 && head.size() == 0) {
        return Optional.empty();
      }
      if (count <= 0) {
        throw new RefusedRequestException(408, "The request did not come to its end in time.");
      }
      head.write(buffer, 0, count);
      String text = head.toString(StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
      int line = text.indexOf('\n');
      if (line > MOST_LINE || (line < 0 && text.length() > MOST_LINE)) {
        throw new RefusedRequestException(414, "The first line of the request is too long.");
      }
      if (text.length() > MOST_HEAD) {
        throw new RefusedRequestException(431, "The headers of the request are too long.");
      }
      int blank = text.indexOf("\n\n");
      if (blank >= 0) {
        return Optional.of(parse(text.substring(0, blank).split("\n", -1)));
      }
    }
  }

  private static HttpRequest parse(String[] lines) throws RefusedRequestException {
    Matcher first = LINE.matcher(lines[0]);
    if (!first.matches()) {
      throw new RefusedRequestException(400, "That is no request of HTTP.");
    }
    if (!first.group(3).equals("1")) {
      throw new RefusedRequestException(505, "Only HTTP/1.1 is spoken here.");
    }
    Map<String, List<String>> headers = new TreeMap<>();
    for (int i = 1; i < lines.length; i++) {
      Matcher header = HEADER.matcher(lines[i]);
      if (!header.matches()) {
        throw new RefusedRequestException(400, "Line " + (i + 1) + " of the request is no header.");
      }
      headers
          .computeIfAbsent(header.group(1).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(header.group(2));
    }
    String target = first.group(2);
    int query = target.indexOf('?');
    return new HttpRequest(
        first.group(1),
        query < 0 ? target : target.substring(0, query),
        query < 0 ? "" : target.substring(query + 1),
        headers);
  }

  /** The values of a header; empty if it was not sent. */
  List<String> header(String name) {
    return headers.getOrDefault(name, List.of());
  }
}
