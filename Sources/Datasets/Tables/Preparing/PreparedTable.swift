import Autograd
import Localization

/// A table that is ready to train on: its two parts, and what was decided about it.
package struct PreparedTable: Sendable {
  /// What is trained on.
  package let train: any Dataset
  /// What validates.
  package let validation: any Dataset
  /// How the inputs were brought to mean 0 and deviation 1; nil where they were left as they are.
  package let standardization: Standardization?
  /// The number that is to be come close to; nil where there are classes.
  package let targetScale: TargetScale?
  /// What was decided, in one line.
  package let sentence: String

  /// Reads the file of a table, and of another that validates, where the options name one.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - source: Its name.
  ///   - options: What the user decides.
  ///   - seed: What the part that validates is drawn from.
  ///   - test: The file that validates and its name; nil for a share of the rows.
  /// - Throws: `DatasetError`, which says what is wrong and which option decides it.
  package init(
    csv bytes: [UInt8], source: String, options: TableOptions, seed: UInt64,
    test: (bytes: [UInt8], source: String)?
  ) throws(DatasetError) {
    let text = try TableText.decode(bytes, source: source)
    let plan = try TablePlanner(text, source: source, options: options).plan()
    var values = try TableValues(text, source: source, plan: plan)
    let missing = MissingRule(options.missing, source: source, names: plan.names)
    let (rows, changed) = (values.count, try missing.apply(to: &values))
    var testValues: TableValues?
    if let test {
      let text = try TableText.decode(test.bytes, source: test.source)
      let plan = try TestHeader.plan(plan, for: text, source: test.source, hasHeader: options.hasHeader)
      var read = try TableValues(text, source: test.source, plan: plan)
      _ = try MissingRule(options.missing, source: test.source, names: plan.names).apply(to: &read)
      testValues = read
    }
    let standardizes = options.standardizes ?? true
    var sentence = TableSummary(plan, rows: rows)
    sentence.missing = changed
    sentence.isStandardized = standardizes
    sentence.validation = test.map { .file($0.source) } ?? .share(options.validationShare)
    var classNames: [String] = []
    if case .classes(let names) = plan.answer { classNames = names }
    try self.init(
      TableParts(
        name: source, featureNames: plan.featureNames, areNumbers: plan.areNumbers,
        targetName: plan.targetName,
        targetColumn: plan.targetColumn, classNames: classNames, isRegression: plan.answer == .number,
        advice: TargetAdvice.text(plan), values: values, test: testValues),
      standardizes: standardizes, share: options.validationShare, seed: seed, sentence: sentence.text)
  }

  /// Parts rows into two, and scales both by what the first has.
  init(
    _ parts: TableParts, standardizes: Bool, share: Double, seed: UInt64, sentence: String
  ) throws(DatasetError) {
    try parts.checkTargets(of: parts.values.targets)
    let (values, order) = (parts.values, try parts.order(share: share, seed: seed))
    try parts.checkTargets(of: order.train.map { values.targets[$0] }, isPart: true)
    let measured = Standardization(values.features, rows: order.train, areNumbers: parts.areNumbers)
    func inputs(_ features: [Float]) -> [Float] {
      let filled = features.contains(where: \.isNaN) ? measured.filled(features) : features
      return standardizes ? measured.applied(to: filled) : filled
    }
    let scale =
      !parts.isRegression
      ? nil
      : TargetScale(
        name: parts.targetName, train: order.train.map { values.targets[$0] },
        validation: parts.test?.targets ?? order.validation.map { values.targets[$0] },
        standardizes: standardizes)
    func dataset(_ values: TableValues) throws(DatasetError) -> TableDataset {
      let targets: TableDataset.Targets =
        if let scale {
          .values(values.targets.map(scale.scaled))
        } else {
          .classes(values.targets.map { Int($0) }, names: parts.classNames)
        }
      return try TableDataset(
        name: parts.name, featureNames: parts.featureNames, features: inputs(values.features),
        targets: targets)
    }
    let table = try dataset(values)
    train = parts.test == nil ? try Subset(table, indices: order.train) : table
    validation =
      if let test = parts.test { try dataset(test) } else { try Subset(table, indices: order.validation) }
    standardization = standardizes ? measured : nil
    targetScale = scale
    self.sentence = sentence
  }
}
