import Autograd
import Localization

/// Points in the plane with two or more classes, drawn from a seed: problems small enough to see.
public enum ToySet: String, CaseIterable, Sendable {
  /// Four clouds at the corners of a square; a point's class is whether its signs differ. No straight line separates them.
  case xor
  /// Arms that wind out from the centre, one a class.
  case spiral
  /// Two half circles, each reaching into the other.
  case moons
  /// A circle inside another.
  case circles

  /// The noise at which the classes only just do not touch.
  public var usualNoise: Double {
    switch self {
    case .xor: 0.3
    case .spiral: 0.03
    case .moons: 0.1
    case .circles: 0.08
    }
  }

  /// The classes that are usual: each arm of the spiral is one.
  public var usualClassCount: Int { self == .spiral ? 3 : 2 }

  /// Draws points. **Shapes**: inputs `[count, 2]`, class numbers `[count]`.
  ///
  /// Classes take turns, so any two differ in size by at most one point.
  /// Source: for moons and circles, the shapes of scikit-learn's `make_moons` and `make_circles`; for the
  /// spiral, <https://cs231n.github.io/neural-networks-case-study/>.
  ///
  /// - Parameters:
  ///   - count: The number of points.
  ///   - noise: The standard deviation of what is added to each coordinate; `usualNoise` if it is `nil`.
  ///   - classCount: The arms of the spiral; the other sets have two classes.
  ///   - seed: What the points are drawn from.
  /// - Returns: The points, with columns `x` and `y`.
  /// - Throws: `DatasetError.invalidArgument` for fewer points than classes, fewer than two classes, or
  ///   a noise that is negative or not a number.
  public func points(
    count: Int, noise: Double? = nil, classCount: Int = 2, seed: UInt64
  ) throws(DatasetError) -> TableDataset {
    let noise = noise ?? usualNoise
    guard noise.isFinite, noise >= 0 else {
      throw .invalidArgument(name: "noise", expected: localized("a number from 0 up"), got: "\(noise)")
    }
    guard classCount == 2 || self == .spiral && classCount > 2 else {
      throw .invalidArgument(
        name: "classCount", expected: self == .spiral ? localized("at least 2") : "2", got: "\(classCount)")
    }
    guard count >= classCount else {
      throw .invalidArgument(name: "count", expected: localized("at least \(classCount)"), got: "\(count)")
    }
    var generator = Generator(seed: seed, purpose: .data)
    var features: [Float] = []
    var labels: [Int] = []
    for index in 0..<count {
      let label = index % classCount
      let point = place(label: label, classCount: classCount, using: &generator)
      features.append(Float(point.x + noise * generator.normal()))
      features.append(Float(point.y + noise * generator.normal()))
      labels.append(label)
    }
    return try TableDataset(
      name: rawValue, featureNames: ["x", "y"], features: features,
      targets: .classes(labels, names: (0..<classCount).map(String.init)))
  }

  /// A point of a class before noise.
  private func place(label: Int, classCount: Int, using generator: inout Generator) -> (x: Double, y: Double)
  {
    let fraction = generator.uniform()
    switch self {
    case .xor:
      let x = fraction < 0.5 ? -1.0 : 1.0
      return (x, label == 0 ? x : -x)
    case .spiral:
      let turn = 2 * Double.pi * Double(label) / Double(classCount)
      let angle = turn + 1.5 * Double.pi * fraction
      return (fraction * Double.cos(angle), fraction * Double.sin(angle))
    case .moons:
      let angle = Double.pi * fraction
      return label == 0
        ? (Double.cos(angle), Double.sin(angle)) : (1 - Double.cos(angle), 0.5 - Double.sin(angle))
    case .circles:
      let angle = 2 * Double.pi * fraction
      let radius = label == 0 ? 1.0 : 0.5
      return (radius * Double.cos(angle), radius * Double.sin(angle))
    }
  }
}
