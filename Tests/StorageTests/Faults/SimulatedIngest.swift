import Glibc
import Postgres
import Synchronization
import TestKit

@testable import Storage

/// One ingest of a play: what it is told, what breaks in it, and who comes between.
struct SimulatedIngest: Sendable {
    /// When another ingest comes between: once the state row has been read, or at a call, wherever that is.
    enum Moment: Sendable {
        case reading
        case call(Int)
    }

    /// How it ended.
    enum End: Int32, Sendable {
        /// It says that it brought its commit in.
        case done
        /// It says that there was nothing to do.
        case nothing
        /// It would not, or could not for others.
        case refused
        /// It broke: whether its commit is in, it cannot say.
        case broken
    }

    let commit: Int
    var options = Ingest.Options()
    var fault: (kind: FaultPlan.Fault, call: Int, isLasting: Bool)?
    /// Runs in the midst of this one.
    var inner: [SimulatedIngest] = []
    var moment = Moment.reading
    /// Somebody may hold the lock for as long as this one waits.
    var isInner = false

    var isKilled: Bool { if case .kill? = fault?.kind { true } else { false } }

    var isBetweenCalls: Bool { if case .call = moment { true } else { false } }

    /// What its settings say that breaks. Of those that come between at a call nothing else does.
    fileprivate func plan(_ between: @escaping @Sendable () -> Void) -> FaultPlan {
        if case .call(let call) = moment, !inner.isEmpty { return FaultPlan(.after(between), atCall: call) }
        guard let fault else { return FaultPlan() }
        return FaultPlan(fault.kind, atCall: fault.call, isLasting: fault.isLasting)
    }
}

extension SimulatedIngest: CustomStringConvertible {
    var description: String {
        var words = "\(commit)"
        if options.allowsDivergence { words += " diverging" }
        if options.rewinds { words += " rewinding" }
        if options.comparesRows { words += " comparing" }
        if options.repairs { words += " repairing" }
        if let fault {
            words += " \(fault.isLasting ? "\(fault.kind) for good" : "\(fault.kind)") at \(fault.call)"
        }
        return words + (inner.isEmpty ? "" : " with \(inner) at \(moment)")
    }
}

/// What can happen in a play: counted, so that all of it did.
enum SimulatedEvent: CaseIterable {
    case forward, firstLoad, noted, rewound, tookDiverged, retired, returned, superseded
    case older, unchanged, refused, blocked, overtaken
    case struck, struckFirstLoad, killed, betweenReading, betweenCalls, three
    case damaged, repaired
}

/// What the ingests of a step did, each as it ended.
final class SimulationLog: Sendable {
    private let state = Mutex((ends: [(SimulatedIngest, SimulatedIngest.End)](), events: [SimulatedEvent]()))

    var ends: [(ingest: SimulatedIngest, end: SimulatedIngest.End)] { state.withLock { $0.ends } }
    var events: [SimulatedEvent] { state.withLock { $0.events } }

    func note(_ ingest: SimulatedIngest, _ end: SimulatedIngest.End) {
        state.withLock { $0.ends.append((ingest, end)) }
    }

    func note(_ events: SimulatedEvent...) { state.withLock { $0.events += events } }
}

/// Runs ingests as the command does: a look at the state row first, then what that asks for.
struct SimulatedRun: Sendable {
    let settings: ConnectionSettings
    let history: SimulatedHistory
    /// What the clock says all the while: less, perhaps, than to the ingest before.
    let microseconds: Int

    /// Runs an ingest and those that come between; the log has how each ended. Gives what no ingest should say.
    func run(_ ingest: SimulatedIngest, _ log: SimulationLog) -> [String] {
        if ingest.isKilled {
            let status = ForkedProcess.run {
                let log = SimulationLog()
                let faults = attempt(ingest, log)
                _exit(faults.isEmpty ? log.ends[0].end.rawValue : Self.faultyStatus)
            }
            if status == ForkedProcess.killed { log.note(.killed) }
            log.note(ingest, SimulatedIngest.End(rawValue: status) ?? .broken)
            return status == Self.faultyStatus ? ["a process that was to be killed ended with a fault"] : []
        }
        return attempt(ingest, log)
    }

    private static let faultyStatus: Int32 = 100

    private func attempt(_ ingest: SimulatedIngest, _ log: SimulationLog) -> [String] {
        let faults = Mutex<[String]>([])
        let between: @Sendable () -> Void = {
            for inner in ingest.inner {
                log.note(ingest.isInner ? .three : ingest.isBetweenCalls ? .betweenCalls : .betweenReading)
                let found = run(inner, log)
                faults.withLock { $0 += found }
            }
        }
        let plan = ingest.plan(between)
        var looks = 0
        do {
            let end = try bring(ingest, plan, log) { stored in
                looks += 1
                // The first look only asks whether there is anything to do.
                if looks == 2, !ingest.isBetweenCalls { between() }
                return history.number(stored).map { history.lineage(of: ingest.commit, to: $0) } ?? .unknown
            }
            log.note(ingest, end)
        } catch {
            if let fault = note(error, ingest, isBroken: ingest.fault != nil && plan.hasStruck, log) {
                faults.withLock { $0.append(fault) }
            }
        }
        if ingest.fault != nil, plan.hasStruck { log.note(.struck) }
        return faults.withLock { $0 }
    }

    private func bring(
        _ step: SimulatedIngest, _ plan: FaultPlan, _ log: SimulationLog,
        _ lineage: (_ stored: String) -> Lineage
    ) throws(StorageError) -> SimulatedIngest.End {
        var settings = settings
        settings.faults = plan
        if step.isInner { settings.lockTimeoutMilliseconds = 5 }
        let surroundings = Ingest.Surroundings(
            microseconds: { microseconds }, sleep: { _ in }, random: { _ in 0 })
        let commit = history.commits[step.commit]
        let ingest = Ingest(commit.registry, into: settings, surroundings, options: step.options)
        let outcome: Ingest.Outcome
        switch try ingest.standing({ (stored) throws(StorageError) in lineage(stored) }) {
        case .current, .noTables:
            log.note(.unchanged)
            return .nothing
        case .older:
            log.note(.older)
            return .nothing
        case .sameTree:
            outcome = try ingest.note { (stored) throws(StorageError) in lineage(stored) }
            if case .done = outcome { log.note(.noted) }
        case .first, .needed:
            outcome = try ingest.run(RegistryStates.rows[commit.state]) { (stored) throws(StorageError) in
                lineage(stored)
            }
        }
        guard case .done(let done, _, _) = outcome else { return .nothing }
        note(done, step, plan, log)
        return .done
    }

    private func note(_ done: IngestPlan, _ step: SimulatedIngest, _ faults: FaultPlan, _ log: SimulationLog)
    {
        let totals = done.totals
        if totals.retired > 0 { log.note(.retired) }
        if totals.returned > 0 { log.note(.returned) }
        if !done[.pricePeriods].ended.isEmpty { log.note(.superseded) }
        if done.isFirstLoad {
            log.note(step.fault != nil && faults.hasStruck ? .struckFirstLoad : .firstLoad)
        }
        guard let basis = done.basis.commit.flatMap({ history.number($0) }), basis != step.commit else {
            return
        }
        switch history.lineage(of: step.commit, to: basis) {
        case .descendant: log.note(.forward)
        case .ancestor: log.note(.rewound)
        default: log.note(.tookDiverged)
        }
    }

    /// Notes how an ingest ended that threw; gives the error when nothing in the play explains it.
    private func note(
        _ error: StorageError, _ ingest: SimulatedIngest, isBroken: Bool, _ log: SimulationLog
    ) -> String? {
        if isBroken {
            log.note(ingest, .broken)
            return nil
        }
        log.note(ingest, .refused)
        switch error.code {
        case .ancestry: log.note(.refused)
        case .busy where !ingest.inner.isEmpty || ingest.isInner: log.note(.overtaken)
        case .database where ingest.isInner && error.cause?.sqlState == "55P03": log.note(.blocked)
        default: return "ingest of \(ingest.commit): \(error)"
        }
        return nil
    }
}
