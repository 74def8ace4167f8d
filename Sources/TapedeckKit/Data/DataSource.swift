import Datasets
import Localization
import NN
import Trace

/// The data that a run is made on, with everything the program knows of it.
///
/// A kind of data is one file beside this one and its line in `named` or `fileKinds`.
package struct DataSource: Sendable, Equatable {
  /// The settings that are usual for some data.
  struct Usual: Sendable {
    var optimizer: OptimizerKind
    var batchSize: Int
    var epochs: Int
    /// The sizes of the layers between inputs and classes.
    var hiddenLayers: [Int]
    /// He's, as in the guide's NumPy network, where nothing else is said.
    var initialization = Initialization.kaimingNormal
  }

  /// From where and with what seed data are loaded.
  struct Request {
    var seed: UInt64
    /// The folder to look for published files in; nil for the usual places.
    var folder: String?
    var environment: [String: String]
    /// What the user decides about a table; nil for a recording from before that could be decided.
    var table: TableOptions?
  }

  /// What is trained on, and what it is measured with.
  struct Split {
    let train: any Dataset
    let validation: any Dataset
    /// What was done to both; nil for nothing.
    var preparation: DataPreparation?

    init(train: any Dataset, validation: any Dataset) {
      self.train = train
      self.validation = validation
    }
  }

  /// The word on the command line that names it.
  package let argument: String
  /// What the status line calls it.
  package let name: String
  let usual: Usual
  /// How many inputs a sample has and how many classes there are, where that is known without a file.
  var knownSizes: (inputs: Int, classes: Int)?
  /// Rows and columns of a sample, where samples are images; known without a file.
  var imageSize: (rows: Int, columns: Int)?
  /// The most steps a second on the screen at first, so that one can watch; nil for full speed.
  package internal(set) var usualPace: Double?
  /// The published images that it is; nil for other data.
  package internal(set) var collection: ImageCollection?
  /// The user's files that it is read from; empty for data that the program knows of.
  package internal(set) var files: [String] = []
  /// Whether it is a table as text.
  var isTable = false
  /// Whether it is a file of the user's.
  var isFile: Bool { !files.isEmpty }
  /// Reads or makes the data.
  let load: @Sendable (Request) throws -> Split

  /// Data that the program knows of.
  init(
    _ argument: String, name: String? = nil, usual: Usual, load: @escaping @Sendable (Request) throws -> Split
  ) {
    self.argument = argument
    self.name = name ?? argument
    self.usual = usual
    self.load = load
  }

  /// Sources are equal if the same word names them.
  package static func == (left: DataSource, right: DataSource) -> Bool { left.argument == right.argument }
}

extension DataSource {
  /// The data that have a name of their own.
  private static let named = [.digits, .mnist, .fashionMNIST] + relatives + ToySet.allCases.map(toy)

  /// The kinds of files: how the command line names one, and the source of a word that does.
  private static var fileKinds: [(form: String, source: @Sendable (String) -> DataSource?)] {
    [
      (localized("a table FILE.csv, or a text file of another name, - for standard input"), csv(naming:)),
      (localized("a pair X.npy,Y.npy or FILE.npz"), npy(naming:)),
    ]
  }

  /// The names of the data that have one.
  package static var names: [String] { named.map(\.argument) }

  /// All that ``init(_:)`` knows, as a list in words.
  package static var choices: String {
    let forms = named.map(\.argument) + fileKinds.map(\.form)
    return localized("\(forms.dropLast().joined(separator: ", ")) or \(forms.suffix(1).joined())")
  }

  /// The data that a word on the command line names; nil for none.
  package init?(_ text: String) {
    let source =
      DataSource.named.first { $0.argument == text }
      ?? DataSource.fileKinds.lazy.compactMap { $0.source(text) }.first
    guard let source else { return nil }
    self = source
  }
}
