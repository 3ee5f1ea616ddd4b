import ArgumentParser
import Commands
import Entities
import Pricing
import Ranking
import Text

/// A share of a whole as an argument, 0 to 1, exact to the millionth.
struct Share: ExpressibleByArgument {
    let millionths: Int

    init?(argument: String) {
        guard let scaled = Number(argument)?.scaledInteger(decimals: 6), (0...1_000_000).contains(scaled)
        else {
            return nil
        }
        millionths = Int(scaled)
    }
}

extension ExchangeRates.Quote: ExpressibleByArgument {
    init?(argument: String) { self.init(argument) }
}

extension Catalog {
    /// The provider that a name stands for.
    ///
    /// Throws with the nearest name where there is none.
    func requiredProvider(_ name: String) throws -> Provider {
        if let provider = provider(named: name) { return provider }
        throw Failure(
            "no provider is called \"\(name)\"" + NearestName.hint(for: name, among: providers.map(\.id.text))
        )
    }
}

/// An exact decimal number as an argument.
struct DecimalArgument: ExpressibleByArgument {
    let number: Number

    init?(argument: String) {
        guard let number = Number(argument) else { return nil }
        self.number = number
    }
}

/// A time of day as an argument, `HH:MM`.
struct TimeOfDay: ExpressibleByArgument {
    /// Minutes after midnight.
    let minute: Int

    init?(argument: String) {
        guard let seconds = Moment.seconds("1970-01-01T\(argument):00Z") else { return nil }
        minute = seconds / 60
    }
}
