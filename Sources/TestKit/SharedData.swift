import Glibc

/// The folder beside the repository that holds the official suites and large data sets.
package enum SharedData {
    /// The folder's path, from the variable `MODEL_ATLAS_SHARED`; nil, said once in the output, when it is not set.
    package static let folder: String? = {
        guard let value = getenv("MODEL_ATLAS_SHARED") else {
            print("MODEL_ATLAS_SHARED is not set: the suites that need the shared data are left out")
            return nil
        }
        return String(cString: value)
    }()
}
