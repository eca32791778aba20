package io.llmschema.storage.redis;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;

/**
 * A step that Redis takes at once, without another in between.
 *
 * <p>Called by its hash; where Redis has forgotten the text (a restart, {@code SCRIPT FLUSH}), with its text, which it then keeps.
 */
enum Script {
    /**
     * Makes a floor if none is there; returns the one that is there then.
     *
     * <p>Keys: the floor. Arguments: the floor to be made, how long it lives in milliseconds.
     */
    OPEN(ScriptOutputType.VALUE, """
            local floor = redis.pcall('GET', KEYS[1])
            if isFloor(floor) then return floor end
            redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
            return ARGV[1]
            """),

    /**
     * Keeps an answer unless it may be outdated; returns whether it did (1 or 0).
     *
     * <p>Keys: the entry, the floor. Arguments: the incarnation of the floor that was there before the answer was asked for, the
     * answer's revision, the offset of the mark that it is judged by, the entry, how long it lives in milliseconds, how long the
     * floor lives at least.
     */
    PUT(ScriptOutputType.INTEGER, """
            local floor = redis.pcall('GET', KEYS[2])
            if not isFloor(floor) or string.sub(floor, 2, 9) ~= ARGV[1] then return 0 end
            local revision = number(ARGV[2], 1)
            if revision < number(floor, tonumber(ARGV[3])) then return 0 end
            local there = redis.pcall('GETRANGE', KEYS[1], 0, 16)
            if type(there) == 'string' and string.len(there) == 17 and string.sub(there, 2, 9) == ARGV[1]
                and string.byte(there, 1) == string.byte(ARGV[4], 1) and number(there, 10) > revision then
              return 0
            end
            redis.call('SET', KEYS[1], ARGV[4], 'PX', ARGV[5])
            if redis.call('PTTL', KEYS[2]) < tonumber(ARGV[6]) then redis.call('PEXPIRE', KEYS[2], ARGV[6]) end
            return 1
            """),

    /**
     * Raises a floor, if there is one; where that cannot be, because Redis is full or what stands there is no floor, it is
     * deleted, which outdates more but nothing less.
     *
     * <p>Keys: the floor. Arguments: the revision of the change, and that of the alteration.
     */
    RAISE(ScriptOutputType.INTEGER, """
            local floor = redis.pcall('GET', KEYS[1])
            if not floor then return 0 end
            if isFloor(floor) then
              local any, altered = string.sub(floor, 10, 17), string.sub(floor, 18, 25)
              if number(any, 1) < number(ARGV[1], 1) then any = ARGV[1] end
              if number(altered, 1) < number(ARGV[2], 1) then altered = ARGV[2] end
              local raised = string.sub(floor, 1, 9) .. any .. altered
              if raised == floor then return 0 end
              local done = redis.pcall('SET', KEYS[1], raised, 'KEEPTTL')
              if done['ok'] then return 1 end
            end
            redis.call('DEL', KEYS[1])
            return 1
            """);

    /** Lua's numbers are exact up to 2^53; revisions count the changes of one subject. */
    private static final String FUNCTIONS = """
            local function number(s, first)
              local n = 0
              for i = first, first + 7 do n = n * 256 + string.byte(s, i) end
              return n
            end
            local function isFloor(s)
              return type(s) == 'string' and string.len(s) == 25 and string.byte(s, 1) == 1
            end
            """;

    private final ScriptOutputType output;
    private final String text;
    private final String hash;

    Script(ScriptOutputType output, String body) {
        this.output = output;
        this.text = FUNCTIONS + body;
        this.hash = sha1(text);
    }

    private static String sha1(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    /** Has a server keep its text, so that it need not be sent with the first call. */
    CompletableFuture<String> load(RedisClusterAsyncCommands<byte[], byte[]> server) {
        return server.scriptLoad(text).toCompletableFuture();
    }

    /** Has the first key's server run it. */
    <T> CompletableFuture<T> run(
            RedisClusterAsyncCommands<byte[], byte[]> commands, byte[][] keys, byte[]... arguments) {
        return commands.<T>evalsha(hash, output, keys, arguments)
                .toCompletableFuture()
                .exceptionallyCompose(
                        e -> e instanceof RedisNoScriptException || e.getCause() instanceof RedisNoScriptException
                                ? commands.<T>eval(text, output, keys, arguments)
                                : CompletableFuture.failedFuture(e));
    }
}
