import Glibc

/// A few threads of one piece of work.
enum Crew {
    /// Does the work once on each of that many new threads, giving each its number, and returns when all have ended;
    /// for a crew of one the caller does it.
    ///
    /// The caller sleeps meanwhile. Linux puts new threads on idle cores once their maker makes room, but lets a maker
    /// that works on and its new thread share one core for some ticks of 4 ms: so two jobs took two thirds of the time
    /// of one where the maker was one of the two (decision 6). Blocking takes nothing from a thread pool, so that
    /// nothing waits for a thread that never comes.
    static func perform(size: Int, _ work: @escaping @Sendable (_ number: Int) -> Void) {
        guard size > 1 else { return work(0) }
        var threads: [pthread_t] = []
        for number in 0..<size {
            if let thread = start({ work(number) }) { threads.append(thread) } else { work(number) }
        }
        for thread in threads { pthread_join(thread, nil) }
    }

    /// A new thread that does the work; nil when the system gives no more.
    private static func start(_ work: @escaping @Sendable () -> Void) -> pthread_t? {
        var thread = pthread_t()
        let box = Unmanaged.passRetained(Box(work))
        let code = pthread_create(
            &thread, nil,
            { box in
                if let box { Unmanaged<Box>.fromOpaque(box).takeRetainedValue().work() }
                return nil
            }, box.toOpaque())
        if code == 0 { return thread }
        box.release()
        return nil
    }

    private final class Box: Sendable {
        let work: @Sendable () -> Void

        init(_ work: @escaping @Sendable () -> Void) {
            self.work = work
        }
    }
}
