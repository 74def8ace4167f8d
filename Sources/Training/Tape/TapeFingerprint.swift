import Autograd

extension Tape {
  /// A hash of what ran in forward, on what, and in which shapes: the same for steps of the same graph.
  ///
  /// It is taken in every step that is recorded, so it names nothing and allocates nothing. It holds for
  /// one run of the program only.
  var fingerprint: UInt64 {
    var hash = StructureHash()
    for (place, entry) in forward.enumerated() {
      hash.add(ObjectIdentifier(type(of: entry.operation)).hashValue)
      hash.add(entry.module.map(\.hashValue) ?? 0)
      hash.add(entry.phase.rawValue)
      for dimension in 0..<entry.output.shape.rank { hash.add(entry.output.shape[dimension]) }
      for input in entry.inputs { hash.add(origin(of: input, before: place)) }
    }
    return hash.value
  }

  /// Which tensor it is: how far back on the tape it was computed, or for a parameter the tensor itself.
  private func origin(of tensor: Tensor, before place: Int) -> Int {
    if tensor.isLeaf, tensor.requiresGrad { return ObjectIdentifier(tensor).hashValue }
    if tensor === batch?.inputs { return -1 }
    if tensor === batch?.targets { return -2 }
    var distance = 1
    while distance <= place, forward[place - distance].output !== tensor { distance += 1 }
    return distance
  }
}

/// A hash of a row of numbers.
private struct StructureHash {
  private(set) var value: UInt64 = 0x9E37_79B9_7F4A_7C15

  mutating func add(_ number: Int) {
    value = (value ^ UInt64(bitPattern: Int64(number))) &* 0x1000_0000_01B3
    value ^= value >> 29
  }
}
