package import Entities

extension Model {
    /// The network to size: its own, or a plain one of its size where that is not known; nil where neither is.
    package var sizedNetwork: (architecture: Architecture, isAssumed: Bool)? {
        if let architecture, architecture.parameterCount != nil { return (architecture, false) }
        return parameters.flatMap { Architecture.assumed(parameterCount: $0.total.value) }.map { ($0, true) }
    }
}
