/// Why a registry could not be read at all: a failure of the machine or of the call, not of the data.
package struct TreeError: Error, CustomStringConvertible {
    /// What could not be done, and what to do about it.
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
