/// Tells texts that give access to something from texts that do not.
enum Secret {
    /// How a kind of key begins, and the letters and digits that follow it at the least without a break.
    private struct Form {
        var prefix: [UInt8]
        var runLength: Int
        var name: String

        init(_ prefix: String, _ runLength: Int, _ name: String) {
            self.prefix = Array(prefix.utf8)
            self.runLength = runLength
            self.name = name
        }

        /// True when a stretch of letters and digits, both of them, that is long enough comes before the word ends.
        func fits(_ rest: ArraySlice<UInt8>) -> Bool {
            let word = rest.prefix(window).prefix {
                isAlphanumeric($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
            }
            return word.split(whereSeparator: { !isAlphanumeric($0) }).contains { run in
                run.count >= runLength && run.contains(where: isDigit) && run.contains { !isDigit($0) }
            }
        }
    }

    private static let forms = [
        Form("sk-", 20, "an API key"), Form("AKIA", 16, "an AWS key"), Form("ASIA", 16, "an AWS key"),
        Form("ghp_", 30, "a GitHub token"), Form("gho_", 30, "a GitHub token"),
        Form("ghu_", 30, "a GitHub token"), Form("ghs_", 30, "a GitHub token"),
        Form("github_pat_", 20, "a GitHub token"), Form("glpat-", 16, "a GitLab token"),
        Form("hf_", 30, "a Hugging Face token"), Form("AIza", 25, "a Google API key"),
        Form("xoxb-", 10, "a Slack token"), Form("xoxp-", 10, "a Slack token"),
        Form("xoxa-", 10, "a Slack token"), Form("gsk_", 30, "a Groq key"),
        Form("r8_", 30, "a Replicate token"),
        Form("nvapi-", 20, "an NVIDIA key"), Form("pplx-", 30, "a Perplexity key"),
        Form("xai-", 30, "an xAI key"),
    ]

    /// The forms that begin with a byte, for each byte: most words of a text are done with at their first letter.
    private static let formsByFirstByte: [[Form]] = {
        var table = [[Form]](repeating: [], count: 256)
        for form in forms { table[Int(form.prefix[0])].append(form) }
        return table
    }()

    /// How far a key is looked at, so that a hostile text of nothing but beginnings costs little.
    private static let window = 256

    /// Names of query parameters whose value is a secret.
    private static let parameters: Set<String> = [
        "access_token", "api_key", "api-key", "apikey", "auth", "client_secret", "key", "password", "secret",
        "sig", "signature", "token", "x-amz-signature", "x-goog-signature",
    ]

    /// What a text gives away.
    enum Leak: Equatable {
        /// A secret, and what kind of one in words that do not repeat it.
        case secret(String)
        /// The name of a user in an address.
        case userName
    }

    /// What a text gives away; nil for nothing. Linear in the text.
    static func leak(in text: ArraySlice<UInt8>) -> Leak? {
        guard text.count >= 16 else { return nil }
        if let name = key(in: text) { return .secret(name) }
        var isAddress = false
        for index in text.indices where text[index] == UInt8(ascii: ":") {
            guard text[index...].starts(with: "://".utf8) else { continue }
            isAddress = true
            guard let userinfo = userinfo(of: text[(index + 3)...]) else { continue }
            return userinfo.contains(UInt8(ascii: ":")) ? .secret("an address with a password") : .userName
        }
        return isAddress && hasSecretParameter(text) ? .secret("a secret in an address") : nil
    }

    private static func key(in text: ArraySlice<UInt8>) -> String? {
        var previous = UInt8(ascii: " ")
        for index in text.indices {
            let byte = text[index]
            defer { previous = byte }
            if byte == UInt8(ascii: "-"), text[index...].starts(with: "-----BEGIN ".utf8) {
                return "a private key"
            }
            guard isAlphanumeric(byte), !isAlphanumeric(previous) else { continue }
            for form in formsByFirstByte[Int(byte)] where text[index...].starts(with: form.prefix) {
                if form.fits(text[(index + form.prefix.count)...]) { return form.name }
            }
            if byte == UInt8(ascii: "e"), isSignedToken(text[index...]) { return "a signed token" }
        }
        return nil
    }

    /// What stands before an `@`, if the `@` comes before the path.
    private static func userinfo(of address: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        for index in address.indices {
            switch address[index] {
            case UInt8(ascii: "@"): return address[..<index]
            case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: " "): return nil
            default: break
            }
        }
        return nil
    }

    /// A JSON Web Token: its first two parts, between dots, are JSON objects in base 64.
    private static func isSignedToken(_ text: ArraySlice<UInt8>) -> Bool {
        guard text.starts(with: "eyJ".utf8) else { return false }
        let header = text.prefix(window).prefix { isAlphanumeric($0) || "-_".utf8.contains($0) }
        return header.count >= 10 && text[header.endIndex...].starts(with: ".eyJ".utf8)
    }

    /// A query parameter whose name or look says that it is a secret.
    private static func hasSecretParameter(_ address: ArraySlice<UInt8>) -> Bool {
        guard let query = address.firstIndex(of: UInt8(ascii: "?")) else { return false }
        return address[(query + 1)...].split(whereSeparator: { "&# ".utf8.contains($0) }).contains {
            parameter in
            guard let equals = parameter.firstIndex(of: UInt8(ascii: "=")) else { return false }
            let name = String(decoding: parameter[..<equals], as: UTF8.self).lowercased()
            let value = parameter[(equals + 1)...]
            let isNamed = parameters.contains(name) && value.count >= 16 && value.contains(where: isDigit)
            return isNamed || isRandom(value)
        }
    }

    /// Thirty-two letters and digits or more, the letters of both cases: commits, which are no secret, have one.
    private static func isRandom(_ value: ArraySlice<UInt8>) -> Bool {
        value.count >= 32 && value.allSatisfy(isAlphanumeric) && value.contains(where: isDigit)
            && value.contains { (65...90).contains($0) } && value.contains { $0 >= 97 }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        isDigit(byte) || (97...122).contains(byte | 0x20)
    }
}
