/// A number in JSON, which has no NaN and no infinity: those are null.
struct JSONNumber: Encodable {
  private let value: Double?

  init(_ value: Float?) {
    // The shortest digits that give the Float back, so that 0.1 is not 0.10000000149.
    self.value = value.flatMap { $0.isFinite ? Double("\($0)") : nil }
  }

  init(_ value: Double?) { self.value = value.flatMap { $0.isFinite ? $0 : nil } }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let value { try container.encode(value) } else { try container.encodeNil() }
  }
}
