import Datasets

extension DataSource {
  /// The handwritten digits in the program.
  package static let digits = {
    let usual = Usual(optimizer: .sgd, batchSize: 64, epochs: 20, hiddenLayers: [128])
    var source = DataSource("digits", usual: usual) { _ in
      Split(train: try ImageDataset.digitsTrain(), validation: try ImageDataset.digitsValidation())
    }
    source.usualPace = 60
    source.knownSizes = (64, 10)
    source.imageSize = (8, 8)
    return source
  }()
}
