// Java's com.sun.net.httpserver and nothing else, so JSON is read here too.

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public final class Receiver {
    record Answer(int status, String text) {}

    interface Check {
        Answer of(byte[] body, String sign) throws GeneralSecurityException;
    }

    /** A number, with the digits that it was written in. */
    record Number(String text) {}

    /** Reads JSON; what is none, or nested deeper than 200 levels, is an IllegalArgumentException. */
    static final class Json {
        private final String text;
        private int at;

        Json(byte[] body) {
            try {
                text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            } catch (CharacterCodingException error) {
                throw new IllegalArgumentException(error);
            }
        }

        Object whole() {
            Object value = value(0);
            blanks();
            want(at == text.length());
            return value;
        }

        private Object value(int depth) {
            want(depth < 200);
            blanks();
            want(at < text.length());
            switch (text.charAt(at)) {
                case '{': return object(depth);
                case '[': return list(depth);
                case '"': return string();
                default: return word();
            }
        }

        private Map<String, Object> object(int depth) {
            Map<String, Object> found = new HashMap<>();
            at++;
            blanks();
            if (taken('}')) return found;
            do {
                blanks();
                want(at < text.length() && text.charAt(at) == '"');
                String name = string();
                blanks();
                want(taken(':'));
                found.put(name, value(depth + 1));
                blanks();
            } while (taken(','));
            want(taken('}'));
            return found;
        }

        private List<Object> list(int depth) {
            List<Object> found = new ArrayList<>();
            at++;
            blanks();
            if (taken(']')) return found;
            do {
                found.add(value(depth + 1));
                blanks();
            } while (taken(','));
            want(taken(']'));
            return found;
        }

        private String string() {
            StringBuilder found = new StringBuilder();
            for (at++; ; at++) {
                want(at < text.length() && text.charAt(at) >= ' ');
                char one = text.charAt(at);
                if (one == '"') {
                    at++;
                    return found.toString();
                }
                found.append(one == '\\' ? escaped() : one);
            }
        }

        private char escaped() {
            at++;
            want(at < text.length());
            int plain = "\"\\/bfnrt".indexOf(text.charAt(at));
            if (plain >= 0) return "\"\\/\b\f\n\r\t".charAt(plain);
            want(text.charAt(at) == 'u' && at + 4 < text.length());
            String digits = text.substring(at + 1, at + 5);
            want(digits.matches("[0-9a-fA-F]{4}"));
            at += 4;
            return (char) Integer.parseInt(digits, 16);
        }

        private Object word() {
            int begin = at;
            while (at < text.length() && ",]} \t\r\n".indexOf(text.charAt(at)) < 0) at++;
            String word = text.substring(begin, at);
            switch (word) {
                case "true": return Boolean.TRUE;
                case "false": return Boolean.FALSE;
                case "null": return null;
                default:
                    want(word.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?"));
                    return new Number(word);
            }
        }

        private void blanks() {
            while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) at++;
        }

        private boolean taken(char wanted) {
            boolean there = at < text.length() && text.charAt(at) == wanted;
            if (there) at++;
            return there;
        }

        private static void want(boolean holds) {
            if (!holds) throw new IllegalArgumentException("no JSON");
        }
    }

    static Map<?, ?> read(byte[] body) {
        try {
            return new Json(body).whole() instanceof Map<?, ?> fields ? fields : null;
        } catch (IllegalArgumentException error) {
            return null;
        }
    }

    static String text(Object value) {
        if (value instanceof Number number) return number.text();
        return value instanceof String string ? string : null;
    }

    static boolean same(String one, String other) {
        byte[] left = one.getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(left, other.getBytes(StandardCharsets.UTF_8));
    }

    /** SHA-1 over secret, timestamp and nonce, sorted as strings; it stands in the body. */
    static Answer zego(byte[] body, String sign) throws GeneralSecurityException {
        Map<?, ?> fields = read(body);
        if (fields == null) return new Answer(400, "no JSON object");
        String timestamp = text(fields.get("timestamp"));
        String nonce = text(fields.get("nonce"));
        if (!(fields.get("signature") instanceof String signature) || timestamp == null || nonce == null) {
            return new Answer(401, "not signed");
        }
        String[] parts = {System.getenv("ZEGO_SECRET"), timestamp, nonce};
        Arrays.sort(parts);
        byte[] joined = String.join("", parts).getBytes(StandardCharsets.UTF_8);
        String expected = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(joined));
        // The one event whose answer is read.
        String answer = "before_send_msg".equals(fields.get("event")) ? "{\"result\":0}" : "1";
        return same(signature, expected) ? new Answer(200, answer) : new Answer(401, "wrong signature");
    }

    /** HMAC-SHA-256 over the body as it came, as Base64; it stands in the header Sign. */
    static Answer trtc(byte[] body, String sign) throws GeneralSecurityException {
        return signed(body, sign, Base64.getEncoder().encodeToString(keyed("TRTC_SECRET", body)));
    }

    /** HMAC-SHA-256 over the body as it came, as hex; it stands in Agora-Signature-V2. */
    static Answer agora(byte[] body, String sign) throws GeneralSecurityException {
        return signed(body, sign, HexFormat.of().formatHex(keyed("AGORA_SECRET", body)));
    }

    static byte[] keyed(String secret, byte[] body) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        byte[] key = System.getenv(secret).getBytes(StandardCharsets.UTF_8);
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(body);
    }

    static Answer signed(byte[] body, String sign, String expected) {
        if (sign == null || !same(sign, expected)) return new Answer(401, "wrong signature");
        return read(body) == null ? new Answer(400, "no JSON object") : new Answer(200, "{\"code\":0}");
    }

    static void answer(HttpExchange exchange, String header, Check check) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Answer answer;
            try {
                boolean post = exchange.getRequestMethod().equals("POST");
                String sign = exchange.getRequestHeaders().getFirst(header);
                answer = post ? check.of(body, sign) : new Answer(405, "POST only");
            } catch (GeneralSecurityException error) {
                answer = new Answer(500, "no such algorithm");
            }
            byte[] text = answer.text().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), text.length);
            exchange.getResponseBody().write(text);
        }
    }

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(System.getenv("PORT"));
        InetSocketAddress place = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        HttpServer server = HttpServer.create(place, 0);
        server.createContext("/zego", exchange -> answer(exchange, "", Receiver::zego));
        server.createContext("/trtc", exchange -> answer(exchange, "Sign", Receiver::trtc));
        server.createContext("/agora", exchange -> answer(exchange, "Agora-Signature-V2", Receiver::agora));
        server.setExecutor(Executors.newFixedThreadPool(8));
        server.start();
    }
}
