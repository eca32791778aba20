package io.llmschema.systemtests.cluster;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * All that became true of one subject, in the order in which it did: known, because it is changed by one writer at a time.
 *
 * <p>Written by who holds the lock, read by anyone.
 */
final class History {
    /**
     * A change that was acknowledged.
     *
     * @param index its place in the history
     * @param node the number of the node that made it
     * @param token what the node said with it
     * @param begin when it was asked for; it may have been seen from then on
     * @param acknowledged when the answer was there; from then on it must be seen
     */
    record Event(int index, Truth truth, int node, String token, long begin, long acknowledged) {}

    private final String subject;
    private final ReentrantLock writing = new ReentrantLock();
    private final List<Event> events = new ArrayList<>();

    History(String subject) {
        this.subject = subject;
        long now = System.nanoTime();
        events.add(new Event(0, Truth.NOTHING, -1, "", now, now));
    }

    String subject() {
        return subject;
    }

    /** Held while the subject is changed, and until the change has been added here. */
    ReentrantLock writing() {
        return writing;
    }

    synchronized Event last() {
        return events.getLast();
    }

    synchronized List<Event> events() {
        return List.copyOf(events);
    }

    /** Takes note of what has become true by a change that a node has acknowledged. */
    void add(Connection database, int node, Answer answer) throws SQLException {
        Truth truth = Truth.of(database, subject);
        synchronized (this) {
            events.add(new Event(events.size(), truth, node, answer.token(), answer.begin(), answer.end()));
        }
    }
}
