import Diagnostics
import Text

extension Review {
    /// The rules of one list of rates.
    mutating func check(_ rates: [Rate], in currency: Currency?, at pointer: String) {
        for (index, rate) in rates.enumerated() {
            let pointer = "\(pointer)/\(index)"
            checkFreeReason(of: rate, at: pointer)
            checkUnit(of: rate, at: pointer)
            checkCeiling(of: rate, in: currency, at: pointer)
        }
        checkSubjects(of: rates, at: pointer)
        checkRatios(of: rates, at: pointer)
    }

    /// What is counted is priced once in a list.
    private mutating func checkSubjects(of rates: [Rate], at pointer: String) {
        // Nearly all lists are short and name each meter once: no set is made for them.
        let mayRepeat =
            rates.count > Meter.allCases.count
            || rates.indices.contains { place in
                rates[..<place].contains { $0.meter == rates[place].meter }
            }
        guard mayRepeat else { return }
        var priced: Set<Rate.Subject> = []
        for (index, rate) in rates.enumerated() where !priced.insert(rate.subject).inserted {
            report(
                .priceDuplicateRate, at: "\(pointer)/\(index)/meter",
                "\"\(rate.meter.rawValue)\" is priced twice",
                hint: "keep one of the two, or tell them apart by \"size\" or \"quality\"")
        }
    }

    private mutating func checkFreeReason(of rate: Rate, at pointer: String) {
        if rate.price == .zero, rate.freeReason == nil {
            report(
                .priceFreeReason, at: pointer + "/price", "a price of 0 without \"free_reason\"",
                hint: "say why it is free, or leave the rate out when the price is not known")
        } else if rate.price != .zero, let reason = rate.freeReason {
            report(
                .priceFreeReason, at: pointer + "/free_reason",
                "\"\(reason.rawValue)\" for a price of \(rate.price)",
                hint: "remove \"free_reason\", or set the price to 0")
        }
    }

    private mutating func checkUnit(of rate: Rate, at pointer: String) {
        let wanted: String
        switch rate.meter.unit {
        case .token, .character:
            guard rate.per == 1 else { return }
            wanted = "give the price of 1000000"
        case .piece, .time:
            guard rate.per == 1_000_000 else { return }
            wanted = "give the price of 1"
        }
        report(
            .priceUnit, at: pointer + "/per", "\"\(rate.meter.rawValue)\" is priced per \(rate.per)",
            hint: wanted)
    }

    /// No model has ever cost a thousand dollars for a million tokens; a slipped unit mostly does.
    private mutating func checkCeiling(of rate: Rate, in currency: Currency?, at pointer: String) {
        guard let currency, currency.isAboutADollar, rate.meter.unit == .token,
            let price = rate.pricePerMillion,
            price > Money.ceilingPerMillion
        else { return }
        report(
            .priceCeiling, at: pointer + "/price",
            "\(price) \(currency.code) for a million tokens is above \(Money.ceilingPerMillion)",
            hint: rate.per == 1_000_000 ? "look for a price of another unit" : "look at \"per\"")
    }

    /// Cached input is cheaper than input, writing to the cache is not, and output costs at least as much.
    private mutating func checkRatios(of rates: [Rate], at pointer: String) {
        guard let input = rates.first(where: { $0.meter == .inputText })?.pricePerMillion, input > .zero
        else {
            return
        }
        for (index, rate) in rates.enumerated() where rate.price != .zero {
            guard let price = rate.pricePerMillion, let fault = rate.meter.fault(price, besideInput: input)
            else {
                continue
            }
            report(
                fault.rule, at: "\(pointer)/\(index)/price",
                "\"\(rate.meter.rawValue)\" at \(price) \(fault.comparison) the input at \(input) for a million"
            )
        }
    }
}

extension Meter {
    /// What is odd about a price beside the input's, both for a million tokens.
    fileprivate func fault(_ price: Money, besideInput input: Money) -> (rule: RuleID, comparison: String)? {
        switch self {
        case .cacheRead where price > input: (.priceCacheRead, "is dearer than")
        case .cacheWrite where price < input, .cacheWrite5Minutes where price < input,
            .cacheWrite1Hour where price < input:
            (.priceCacheWrite, "is cheaper than")
        case .outputText where price < input: (.priceOutput, "is cheaper than")
        default: nil
        }
    }
}

extension Money {
    /// Of token meters, in currencies worth about a dollar.
    fileprivate static let ceilingPerMillion = Money(trillionths: 1_000_000_000_000_000)
}
