package io.llmschema.storage.postgres;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdDictCompress;
import com.github.luben.zstd.ZstdDictDecompress;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Contents as zstd frames: by themselves, with a dictionary that ships with the program, or against a similar content.
 *
 * <p>A dictionary, once it has shipped, ships for ever: frames name the one that they need.
 */
final class ContentCodec {
    /**
     * From 9 to 19 a history of real schemas gets 12 % smaller and takes 15 times as long; from 6 to 9 it gets 20 % smaller and
     * takes twice as long.
     */
    private static final int LEVEL = 9;

    /** Small contents get no smaller beyond it; against another content it takes a third of the time. */
    private static final int LEVEL_OF_SMALL = 6;

    private static final int MAX_SMALL_BYTES = 16 * 1024;

    /** Contexts for small contents that are kept, as one takes longer to make than such a content to compress. They take some 100 kB each. */
    private static final int MAX_KEPT_CONTEXTS = 32;

    private static final Queue<ZstdCompressCtx> KEPT_CONTEXTS = new ArrayBlockingQueue<>(MAX_KEPT_CONTEXTS);

    /** Larger contents have more to say about themselves than a dictionary has. */
    private static final int MAX_BYTES_WITH_DICTIONARY = 128 * 1024;

    private static final byte[] DICTIONARY = resource("dictionary-1.zdict");
    private static final ZstdDictCompress FOR_COMPRESSION = new ZstdDictCompress(DICTIONARY, LEVEL);
    private static final Map<Long, ZstdDictDecompress> DICTIONARIES =
            Map.of(Zstd.getDictIdFromDict(DICTIONARY), new ZstdDictDecompress(DICTIONARY));

    private ContentCodec() {}

    private static byte[] resource(String name) {
        try (InputStream in = ContentCodec.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A content in the form that it is stored in.
     *
     * @param encoding {@link Encoding#RAW}, {@link Encoding#ZSTD} or {@link Encoding#DICTIONARY}
     */
    record Frame(Encoding encoding, byte[] bytes) {}

    /** The smallest form that needs no other content. */
    static Frame compress(byte[] content) {
        Frame smallest = new Frame(Encoding.RAW, content);
        Frame frame = content.length <= MAX_BYTES_WITH_DICTIONARY
                ? new Frame(Encoding.DICTIONARY, compress(content, context -> context.loadDict(FOR_COMPRESSION)))
                : new Frame(Encoding.ZSTD, compress(content, _ -> {}));
        return frame.bytes().length < content.length ? frame : smallest;
    }

    static byte[] compressAgainst(byte[] base, byte[] content) {
        return compress(content, context -> context.loadDict(base));
    }

    private interface Setting {
        void apply(ZstdCompressCtx context);
    }

    private static byte[] compress(byte[] content, Setting setting) {
        if (content.length > MAX_SMALL_BYTES) {
            try (ZstdCompressCtx context = new ZstdCompressCtx()) {
                return compress(context, LEVEL, content, setting);
            }
        }
        ZstdCompressCtx kept = KEPT_CONTEXTS.poll();
        ZstdCompressCtx context = kept == null ? new ZstdCompressCtx() : kept;
        try {
            return compress(context, LEVEL_OF_SMALL, content, setting);
        } finally {
            context.reset();
            if (!KEPT_CONTEXTS.offer(context)) {
                context.close();
            }
        }
    }

    private static byte[] compress(ZstdCompressCtx context, int level, byte[] content, Setting setting) {
        context.setLevel(level);
        // The row has the content's hash, which says more.
        context.setChecksum(false);
        setting.apply(context);
        return context.compress(content);
    }

    /**
     * The content again.
     *
     * @param size its bytes, as the row says
     * @param base the content that a {@link Encoding#DELTA} was made against; unused for others
     * @throws ZstdException the stored bytes are not what they were
     */
    static byte[] decompress(Encoding encoding, byte[] stored, int size, byte @Nullable [] base) {
        return switch (encoding) {
            case RAW -> stored;
            case ZSTD -> decompress(stored, size, _ -> {});
            case DICTIONARY -> decompress(stored, size, context -> context.loadDict(dictionaryOf(stored)));
            case DELTA -> {
                if (base == null) {
                    throw new ZstdException(Zstd.errDictionaryWrong(), "the base is missing");
                }
                yield decompress(stored, size, context -> context.loadDict(base));
            }
            case BLOB, ARCHIVE -> throw new IllegalArgumentException("it is not in its row");
        };
    }

    private interface Loading {
        void apply(ZstdDecompressCtx context);
    }

    private static byte[] decompress(byte[] frame, int size, Loading loading) {
        try (ZstdDecompressCtx context = new ZstdDecompressCtx()) {
            loading.apply(context);
            return context.decompress(frame, size);
        }
    }

    private static ZstdDictDecompress dictionaryOf(byte[] frame) {
        ZstdDictDecompress dictionary = DICTIONARIES.get(Zstd.getDictIdFromFrame(frame));
        if (dictionary == null) {
            throw new ZstdException(Zstd.errDictionaryWrong(), "there is no such dictionary");
        }
        return dictionary;
    }
}
