import Datasets

extension DataSource {
  /// Points in the plane.
  package static func toy(_ set: ToySet) -> DataSource {
    let classes = set.usualClassCount
    let usual = Usual(optimizer: .sgd, batchSize: 32, epochs: 100, hiddenLayers: [16, 16])
    var source = DataSource(set.rawValue, usual: usual) { request in
      Split(
        train: try set.points(count: 600, classCount: classes, seed: request.seed),
        validation: try set.points(count: 200, classCount: classes, seed: ~request.seed))
    }
    source.usualPace = 60
    source.knownSizes = (2, classes)
    return source
  }
}
