/// What the keywords about an object's members say, gathered before it is laid out.
struct ObjectMembers {
    var slots: [PropertySlot] = []
    var patterns: [PatternProperty] = []
    var additional: Int32 = -1
    var names = ObjectNames()

    var isEmpty: Bool { slots.isEmpty && patterns.isEmpty && additional < 0 }

    /// Makes these keys required ones, each once. Linear in the keys.
    mutating func require(_ required: [Int32]) {
        var places = Dictionary(
            slots.indices.map { (Int(slots[$0].key), $0) }, uniquingKeysWith: { first, _ in first })
        for name in required {
            if places[Int(name)] == nil {
                places[Int(name)] = slots.count
                slots.append(PropertySlot(key: name))
            }
            guard let place = places[Int(name)], !slots[place].isRequired else { continue }
            slots[place].isRequired = true
            names.required.append(name)
        }
    }
}

extension Program {
    /// The slot of a named property; a free one when the schema does not name it.
    @inline(__always)
    func slot(of key: Int32, in table: ObjectTable) -> PropertySlot {
        var position = PropertySlot.position(of: key) & table.slotMask
        while true {
            let slot = propertySlots[Int(table.firstSlot + position)]
            if slot.key == key || slot.key < 0 { return slot }
            position = (position + 1) & table.slotMask
        }
    }

    /// Lays out an object's table, its named properties hashed by handle.
    mutating func add(_ members: ObjectMembers) -> Int32 {
        var size = 1
        while size < members.slots.count * 2 { size *= 2 }
        let first = propertySlots.count
        propertySlots += Array(repeating: PropertySlot(), count: size)
        for slot in members.slots {
            var index = Int(PropertySlot.position(of: slot.key)) & (size - 1)
            while propertySlots[first + index].key >= 0 { index = (index + 1) & (size - 1) }
            propertySlots[first + index] = slot
        }
        objects.append(
            ObjectTable(
                firstSlot: Int32(first), slotMask: Int32(size - 1),
                requiredCount: Int32(members.names.required.count),
                firstPattern: Int32(patternProperties.count), patternCount: Int32(members.patterns.count),
                additional: members.additional))
        objectNames.append(members.names)
        patternProperties += members.patterns
        return Int32(objects.count - 1)
    }
}
