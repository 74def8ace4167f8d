import Datasets

/// The data that a run is made on.
package enum DataSource: Sendable, Equatable {
  /// The handwritten digits in the program.
  case digits
  case mnist
  case fashionMNIST
  /// Points in the plane.
  case toy(ToySet)
  /// A table; the last column has the class.
  case csv(String)
  /// An array of inputs `[samples, features]` and one of class numbers `[samples]`.
  case npy(inputs: String, targets: String)

  /// The names that ``init(_:)`` knows, besides files.
  package static let names = ["digits", "mnist", "fashion-mnist"] + ToySet.allCases.map(\.rawValue)

  /// The data that a word on the command line names; nil for none.
  ///
  /// A word that ends in `.csv` is a file, and one of the form `X.npy,Y.npy` a pair of files.
  package init?(_ text: String) {
    let files = text.split(separator: ",").map(String.init)
    if let toy = ToySet(rawValue: text) {
      self = .toy(toy)
    } else if text.lowercased().hasSuffix(".csv") {
      self = .csv(text)
    } else if files.count == 2, files.allSatisfy({ $0.lowercased().hasSuffix(".npy") }) {
      self = .npy(inputs: files[0], targets: files[1])
    } else if let collection = DataSource.collections[text] {
      self = collection
    } else {
      return nil
    }
  }

  private static let collections: [String: DataSource] = [
    "digits": .digits, "mnist": .mnist, "fashion-mnist": .fashionMNIST,
  ]

  /// What the status line calls it.
  package var name: String {
    switch self {
    case .digits: "digits"
    case .mnist: "mnist"
    case .fashionMNIST: "fashion-mnist"
    case .toy(let set): set.rawValue
    case .csv(let path): path
    case .npy(let inputs, _): inputs
    }
  }

  /// The word on the command line that names it.
  package var argument: String {
    switch self {
    case .npy(let inputs, let targets): "\(inputs),\(targets)"
    default: name
    }
  }

  /// Whether it is a file of the user's.
  var isFile: Bool {
    switch self {
    case .csv, .npy: true
    default: false
    }
  }

  /// Rows and columns of a sample, where samples are images; known without a file.
  var imageSize: (rows: Int, columns: Int)? {
    switch self {
    case .digits: (8, 8)
    case .mnist, .fashionMNIST: (28, 28)
    case .toy, .csv, .npy: nil
    }
  }

  /// The published images that it is; nil for other data.
  package var collection: ImageCollection? {
    switch self {
    case .mnist: .mnist
    case .fashionMNIST: .fashionMNIST
    default: nil
    }
  }

  /// How many inputs a sample has and how many classes there are, where that is known without a file.
  var knownSizes: (inputs: Int, classes: Int)? {
    switch self {
    case .digits: (64, 10)
    case .mnist, .fashionMNIST: (784, 10)
    case .toy(.spiral): (2, 3)
    case .toy: (2, 2)
    case .csv, .npy: nil
    }
  }
}
