package io.llmschema.systemtests;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Just enough HTTP to say what no library would say, and to read the answer. */
final class RawHttp {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private RawHttp() {}

    /** Writes a request of any bytes, then nothing more, and reads one answer. */
    static Reply exchange(URI server, byte[] request) {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout((int) TIMEOUT.toMillis());
            write(socket, request);
            return read(new BufferedInputStream(socket.getInputStream()), new String(request, 0, 4, ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the server answers or closes the connection within that time when a client has sent these bytes and then waits. */
    static boolean endsWithin(Duration limit, URI server, byte[] beginning) {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout((int) limit.toMillis());
            socket.getOutputStream().write(beginning);
            int answered = socket.getInputStream().read();
            return answered >= -1;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException e) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Socket socket, byte[] request) throws IOException {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(request);
            out.flush();
            socket.shutdownOutput();
        } catch (SocketException e) {
            // A server may answer and close before it has read everything; its answer counts.
            return;
        }
    }

    private static Reply read(InputStream in, String method) throws IOException {
        String statusLine = line(in);
        if (!statusLine.startsWith("HTTP/1.1 ")) {
            throw new IOException("no answer, but: '" + statusLine + "'");
        }
        int status = Integer.parseInt(statusLine.substring(9, 12));
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon).strip(), _ -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        HttpHeaders all = HttpHeaders.of(headers, (_, _) -> true);
        boolean hasBody = !method.equals("HEAD") && status != 304 && status != 204;
        return new Reply(status, all, hasBody ? body(in, all) : new byte[0]);
    }

    private static byte[] body(InputStream in, HttpHeaders headers) throws IOException {
        if (headers.firstValue("Transfer-Encoding").isEmpty()) {
            long length = headers.firstValueAsLong("Content-Length").orElse(Integer.MAX_VALUE);
            return in.readNBytes((int) length);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
            body.writeBytes(in.readNBytes(size));
            line(in);
        }
        return body.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.write(c);
        }
        return line.toString(ISO_8859_1).stripTrailing();
    }
}
