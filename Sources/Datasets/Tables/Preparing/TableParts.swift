import Autograd
import Localization

/// Rows with their targets, before they are parted and scaled.
struct TableParts {
  /// The name of the data.
  var name: String
  /// The names of the inputs.
  var featureNames: [String]
  /// Whether each input is a number, and not one of a column's categories.
  var areNumbers: [Bool]
  /// The name of the target.
  var targetName: String
  /// The place of the target's column, from 0; nil where it is an array of its own.
  var targetColumn: Int?
  /// The names of the classes; empty for a regression.
  var classNames: [String]
  /// Whether the target is a number.
  var isRegression: Bool
  /// What the user can do about a target that cannot be learnt.
  var advice: String
  /// The rows to train on, and unless there are others, to validate with.
  var values: TableValues
  /// Other rows to validate with; nil for a share of the first.
  var test: TableValues?

  /// The rows of the two parts, in an order drawn from a seed; all train where others validate.
  func order(share: Double, seed: UInt64) throws(DatasetError) -> (train: [Int], validation: [Int]) {
    guard test == nil else { return (Array(0..<values.count), []) }
    guard values.count >= 2 else {
      throw .invalidArgument(
        name: name, expected: localized("at least 2 samples, one of them to validate with"),
        got: "\(values.count)")
    }
    var generator = Generator(seed: seed, purpose: .data)
    let order = generator.permutation(values.count)
    let held = min(values.count - 1, max(1, Int(Double(values.count) * share)))
    return (Array(order.dropFirst(held)), Array(order.prefix(held)))
  }

  /// Checks that there is something to learn: more than one class, and fewer than rows; or more than one number.
  func checkTargets(of targets: [Float], isPart: Bool = false) throws(DatasetError) {
    let distinct = Set(targets).count
    let what = isPart ? localized("the part to train on") : localized("all rows")
    guard distinct > 1 else {
      throw unsuitable(
        expected: isRegression
          ? localized("more than one number in the target \(place)")
          : localized("at least 2 classes in the target \(place)"),
        got: targets.isEmpty
          ? localized("no rows")
          : localized("only '\(shown(targets[0]))' in \(what)"))
    }
    guard isRegression || isPart || distinct < targets.count else {
      throw unsuitable(
        expected: localized("classes that occur more than once in the target \(place)"),
        got: localized("\(distinct) different ones in \(targets.count) rows"))
    }
  }

  /// `'species' in column 5`.
  private var place: String {
    targetColumn.map { localized("'\(targetName)' in column \($0 + 1)") } ?? "'\(targetName)'"
  }

  private func shown(_ target: Float) -> String {
    guard !isRegression, classNames.indices.contains(Int(target)) else { return "\(target)" }
    return classNames[Int(target)]
  }

  private func unsuitable(expected: String, got: String) -> DatasetError {
    .unsuitable(
      FileDefect(.csv, source: name, at: .whole, expected: expected, got: got, advice: advice))
  }
}

/// What to do about a target that cannot be learnt.
enum TargetAdvice {
  /// What columns with classes are usually called.
  private static let usualNames = ["class", "label", "target", "y", "species", "outcome", "diagnosis"]

  /// The input that is named as a column of classes is, and has words or whole numbers; nil for none.
  static func likelyTarget(_ features: [TablePlan.Feature], _ columns: [ColumnSurvey]) -> String? {
    let names = Set(features.map { $0.name.lowercased() })
    return features.first { feature in
      let name = feature.name.lowercased()
      // A y beside an x or a z is a coordinate.
      guard usualNames.contains(name), name != "y" || names.isDisjoint(with: ["x", "z"]) else { return false }
      return feature.categories != nil || columns[feature.column].fractions == 0
    }?.name
  }

  static func text(_ plan: TablePlan) -> String {
    let name = plan.likelyTarget ?? (plan.hasHeader ? "NAME" : "first")
    return localized(
      "Name the column of the target, such as --target \(name), or use --task regression for a number.")
  }
}
