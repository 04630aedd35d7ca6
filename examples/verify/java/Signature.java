import java.math.BigInteger;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Verifies the signature of a request by a form of rules.json. */
final class Signature {
    /** A request as it came; payload is what was read from its body. */
    record Request(String method, String url, List<List<String>> headers, byte[] body,
            Map<String, Object> payload) {
        /** All texts at a place beside the body. */
        List<String> texts(Map<String, Object> place) {
            List<String> found = new ArrayList<>();
            String field = (String) place.get("field");
            if (place.get("in").equals("query")) {
                String[] parts = url.split("#", 2)[0].split("\\?", 2);
                for (String pair : parts.length > 1 ? parts[1].split("&") : new String[0]) {
                    String[] cut = pair.split("=", 2);
                    if (unquoted(cut[0]).equals(field)) found.add(cut.length > 1 ? unquoted(cut[1]) : "");
                }
            } else {
                for (List<String> header : headers)
                    if (header.get(0).equalsIgnoreCase(field)) found.add(header.get(1));
            }
            if (!place.containsKey("pair")) return found;
            List<String> values = new ArrayList<>();
            String start = place.get("pair") + "=", between = (String) place.get("separator");
            for (String text : found)
                for (String pair : text.split(java.util.regex.Pattern.quote(between)))
                    if (pair.strip().startsWith(start)) values.add(pair.strip().substring(start.length()));
            return values;
        }

        /** What stands at a place; MISSING where nothing does. */
        Object at(Map<String, Object> place) {
            if (!place.get("in").equals("body")) {
                List<String> texts = texts(place);
                return texts.isEmpty() ? MISSING : texts.get(0);
            }
            Object value = payload;
            for (Object name : (List<?>) place.get("path"))
                value = value instanceof Map<?, ?> fields && fields.containsKey(name) ? fields.get(name) : MISSING;
            return value;
        }
    }

    static final Object MISSING = new Object();

    private static String unquoted(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException error) {
            return text;
        }
    }

    private final Map<String, Object> form;
    private final String secret;

    Signature(Map<String, Object> form, String secret) {
        this.form = form;
        this.secret = secret;
    }

    /** valid, wrong, unreadable or missing; of signatures side by side none there may be wrong. */
    String verdict(Request request) {
        String verdict = alone(request);
        for (Object one : (List<?>) form.get("beside")) {
            String beside = new Signature(Reader.object(one), secret).alone(request);
            boolean isTold = beside.equals("missing") || verdict.equals("wrong") || verdict.equals("unreadable");
            if (!isTold) verdict = beside;
        }
        return verdict;
    }

    private String alone(Request request) {
        Map<String, Object> place = Reader.object(form.get("place"));
        Object given = request.at(place);
        if (given == MISSING) return "missing";
        if (!(given instanceof String text) || text.isEmpty()) return "unreadable";
        if (form.get("token") != null) return tokenVerdict(text, request.body());
        List<byte[]> pieces = new ArrayList<>();
        for (Object rule : (List<?>) form.get("pieces")) {
            byte[] piece = piece(Reader.object(rule), request);
            if (piece == null) return "unreadable";
            pieces.add(piece);
        }
        if (form.get("sorted").equals(true)) pieces.sort(Arrays::compareUnsigned);
        byte[] digest = digest(joined(pieces, bytes(form.get("separator"))));
        String several = (String) form.get("several"), prefix = (String) form.get("prefix");
        List<String> claimed = place.containsKey("pair") ? request.texts(place) : List.of(text);
        if (!several.isEmpty()) claimed = List.of(text.split(java.util.regex.Pattern.quote(several)));
        for (String one : claimed)
            for (Object encoding : (List<?>) form.get("encodings"))
                if (same(one, prefix + written(digest, (String) encoding))) return "valid";
        return "wrong";
    }

    /** The bytes of a piece; null for a value that is neither a text nor an integer. */
    private byte[] piece(Map<String, Object> rule, Request request) {
        switch ((String) rule.get("kind")) {
            case "body": return request.body();
            case "secret": return key();
            case "method": return bytes(request.method());
            case "url": return bytes(request.url());
            case "literal": return bytes(rule.get("text"));
            case "form":
                List<String> pairs = new ArrayList<>();
                for (String pair : new String(request.body(), StandardCharsets.UTF_8).split("&"))
                    pairs.add(URLDecoder.decode(pair.replaceFirst("=", "%00"), StandardCharsets.UTF_8));
                pairs.sort(null);
                return bytes(String.join("", pairs).replace("\0", ""));
            default:
                Object value = request.at(Reader.object(rule.get("place")));
                boolean isSignable = value instanceof String || value instanceof Long || value instanceof BigInteger;
                return isSignable ? bytes(value) : null;
        }
    }

    private static byte[] bytes(Object text) {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(List<byte[]> pieces, byte[] separator) {
        var made = new java.io.ByteArrayOutputStream();
        for (int at = 0; at < pieces.size(); at++) {
            if (at > 0) made.writeBytes(separator);
            made.writeBytes(pieces.get(at));
        }
        return made.toByteArray();
    }

    private byte[] key() {
        Map<String, Object> rule = Reader.object(form.get("secret"));
        String prefix = (String) rule.get("prefix");
        String bare = secret.startsWith(prefix) ? secret.substring(prefix.length()) : secret;
        return switch ((String) rule.get("encoding")) {
            case "base64" -> Base64.getDecoder().decode(bare);
            case "hex" -> HexFormat.of().parseHex(bare);
            default -> bytes(bare);
        };
    }

    private byte[] digest(byte[] message) {
        String name = (String) form.get("hash");
        if (form.get("hmac").equals(false)) return hashed(name, message);
        try {
            Mac mac = Mac.getInstance("Hmac" + name);
            mac.init(new SecretKeySpec(key(), "RAW"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException error) {
            throw new IllegalStateException(error);
        }
    }

    private static byte[] hashed(String name, byte[] message) {
        try {
            return MessageDigest.getInstance(name.replace("sha", "SHA-")).digest(message);
        } catch (GeneralSecurityException error) {
            throw new IllegalStateException(error);
        }
    }

    private static String written(byte[] digest, String encoding) {
        String base64 = Base64.getEncoder().encodeToString(digest);
        return switch (encoding) {
            case "hex" -> HexFormat.of().formatHex(digest);
            case "base64url" -> Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
            case "percent-base64" -> base64.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D");
            default -> base64;
        };
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(bytes(one), bytes(other));
    }

    /** A JSON Web Token is right where its end is, and its claim of the body's digest. */
    private String tokenVerdict(String token, byte[] body) {
        String[] parts = token.split("\\.", -1);
        Map<String, Object> rule = Reader.object(form.get("token"));
        if (parts.length != 3 || opened(parts[1]).isEmpty()) return "unreadable";
        String alg = "HS" + ((String) form.get("hash")).substring(3);
        if (!alg.equals(opened(parts[0]).get("alg"))) return "unreadable";
        String right = written(digest(bytes(parts[0] + "." + parts[1])), "base64url");
        String held = written(hashed((String) rule.get("hash"), body), (String) rule.get("encoding"));
        boolean holds = held.equals(opened(parts[1]).get(rule.get("claim")));
        return same(parts[2], right) && holds ? "valid" : "wrong";
    }

    private static Map<String, Object> opened(String part) {
        try {
            byte[] text = Base64.getUrlDecoder().decode(part);
            return Reader.object(Body.readJson(new String(text, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException | Body.Unreadable | ClassCastException error) {
            return Map.of();
        }
    }
}
