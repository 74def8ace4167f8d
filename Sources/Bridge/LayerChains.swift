/// The orders in which layers can follow one another: each takes as many numbers as the one before gives.
struct LayerChains {
  /// Orders of all layers, those first that keep the order in which the layers were given; at most ``limit`` of them.
  private(set) var all: [[Int]] = []
  /// Orders of some of the layers that end with as many numbers as the outputs have; at most ``limit`` of them.
  private(set) var parts: [[Int]] = []
  /// The longest order that was found, which lacks layers where there is none of all.
  private(set) var longest: [Int] = []

  private let features: [(in: Int, out: Int)]
  private let outputs: Int?
  /// How many layers may still be tried: equal layers have very many orders.
  private var tries = 20_000
  private static let limit = 720

  /// The orders of layers that begin with `inputs` numbers and, where that is known, end with `outputs`.
  init(_ features: [(in: Int, out: Int)], from inputs: Int, to outputs: Int? = nil) {
    (self.features, self.outputs) = (features, outputs)
    extend([], inputs)
  }

  private mutating func extend(_ chain: [Int], _ width: Int) {
    if chain.count > longest.count { longest = chain }
    if chain.count == features.count, !chain.isEmpty {
      all.append(chain)
    } else if !chain.isEmpty, width == outputs, parts.count < LayerChains.limit {
      parts.append(chain)
    }
    for next in features.indices where features[next].in == width && !chain.contains(next) {
      guard tries > 0, all.count < LayerChains.limit else { return }
      tries -= 1
      extend(chain + [next], features[next].out)
    }
  }
}
