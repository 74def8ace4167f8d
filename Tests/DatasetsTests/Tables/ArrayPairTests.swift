import Arrays
import Datasets
import Testing

@Suite struct ArrayPairTests {
  private let inputs = (0..<12).map { Float($0) }

  private func prepared(
    _ targets: [UInt8], inputs: [Float]? = nil, _ change: (inout TableOptions) -> Void = { _ in }
  ) throws -> PreparedTable {
    var options = TableOptions()
    change(&options)
    let file = try NpyFile.write(RawArray(inputs ?? self.inputs, shape: [6, 2]))
    return try PreparedTable(
      arrays: ArrayPair(inputs: (file, "x.npy"), targets: (targets, "y.npy")), test: nil, name: "x.npy",
      options: options, seed: 1)
  }

  private func npy<Element: ArrayElement>(_ values: [Element], _ shape: [Int]) throws -> [UInt8] {
    try NpyFile.write(RawArray(values, shape: shape))
  }

  @Test func labelsAreTakenAsPeopleHaveThem() throws {
    #expect(try prepared(npy([0, 1, 2, 0, 1, 2] as [Int64], [6])).train.classNames == ["0", "1", "2"])
    #expect(try prepared(npy([0, 1, 2, 0, 1, 2] as [Int64], [6, 1])).train.classNames == ["0", "1", "2"])
    #expect(try prepared(npy([1, 2, 3, 1, 2, 3] as [Int64], [6])).train.classNames == ["1", "2", "3"])
    #expect(try prepared(npy([-1, 1, -1, 1, -1, 1] as [Int8], [6])).train.classNames == ["-1", "1"])
    #expect(try prepared(npy([0, 1, 0, 1, 0, 1] as [Double], [6])).train.classNames == ["0", "1"])
    let oneHot: [Float] = [1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1]
    #expect(try prepared(npy(oneHot, [6, 2])).train.classNames == ["0", "1"])
  }

  @Test func labelsMayBeStrings() throws {
    #expect(
      try prepared(strings(["ant", "bee", "ant", "bee", "ant", "bee"])).train.classNames == ["ant", "bee"])
  }

  @Test func targetsWithFractionsAreARegression() throws {
    let table = try prepared(npy([0.5, 1, 2, 3, 4, 5] as [Float], [6]))
    #expect(table.targetScale != nil)
    #expect(
      table.sentence == "6 samples of 2 numbers; regression of a number; not standardized; 20 % to validate")
    #expect(
      try prepared(npy([1, 2, 1, 2, 1, 2] as [Int64], [6])) { $0.task = .regression }.targetScale != nil)
  }

  @Test func aNumberThatIsNotFiniteIsNamedByItsPlace() throws {
    var broken = inputs
    broken[3] = .nan
    let error = datasetError { try prepared(npy([0, 1, 0, 1, 0, 1] as [Int64], [6]), inputs: broken) }
    #expect(error?.defect?.location == .element([1, 1]))
    #expect(
      error?.description.hasPrefix("x.npy cannot be trained on: at [1,1] expected a finite number") == true)
    let absurd = datasetError { try prepared(npy([0, 1, 0, 1, 0, 1e300] as [Double], [6])) }
    #expect(absurd?.defect?.location == .element([5]))
  }

  @Test(arguments: [[5], [6, 3], [6, 1, 1], [2, 3]]) func otherShapesAreRefused(shape: [Int]) throws {
    let file = try npy([Int64](repeating: 0, count: shape.reduce(1, *)), shape)
    #expect(datasetError { try prepared(file) } != nil)
  }

  @Test func anArchiveHasBothArrays() throws {
    let labels = try npy([0, 1, 0, 1, 0, 1] as [Int64], [6])
    let bytes = stored([
      ("x.npy", try npy(inputs, [6, 2])), ("other.npy", labels), ("y.npy", labels),
    ])
    let pair = try ArrayPair.find(npz: bytes, source: "a.npz")
    #expect(pair.train.targets.bytes == labels)
    #expect(pair.train.inputs.source == "a.npz/x.npy")
    #expect(pair.test == nil)
    let without = datasetError { try ArrayPair.find(npz: stored([("z.npy", labels)]), source: "a.npz") }
    #expect(without?.defect?.got == "z.npy")
    for count in stride(from: 0, to: bytes.count, by: 7) {
      #expect(datasetError { try ArrayPair.find(npz: Array(bytes.prefix(count)), source: "a") } != nil)
    }
  }

  @Test func anArchiveToValidateWithMayHaveAnyOfTheNames() throws {
    let labels = try npy([0, 1, 0, 1, 0, 1] as [Int64], [6])
    let values = try npy(inputs, [6, 2])
    let whole = stored([
      ("x.npy", values), ("y.npy", labels), ("x_test.npy", values), ("y_test.npy", labels),
    ])
    #expect(try ArrayPair.test(npz: whole, source: "t.npz").inputs.source == "t.npz/x_test.npy")
    let plain = stored([("x.npy", values), ("y.npy", labels)])
    #expect(try ArrayPair.test(npz: plain, source: "t.npz").inputs.source == "t.npz/x.npy")
    let other = datasetError {
      try ArrayPair.test(
        npz: stored([("x_train.npy", values), ("y_train.npy", labels)]), source: "t.npz")
    }
    #expect(other?.defect?.expected == "arrays x and y, or x_test and y_test")
  }

  @Test func anArchiveMayBeCompressed() throws {
    let pair = try ArrayPair.find(npz: fixture(compressedArchive), source: "a.npz")
    #expect(try NpyFile.read(pair.train.inputs.bytes, source: "x").shape == [6, 2])
  }

  /// An array of strings as NumPy writes it.
  private func strings(_ words: [String]) -> [UInt8] {
    let text = Array("{'descr': '<U3', 'fortran_order': False, 'shape': (\(words.count),), }\n".utf8)
    var file: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(text.count), 0] + text
    for word in words {
      for scalar in word.unicodeScalars { file += [UInt8(truncatingIfNeeded: scalar.value), 0, 0, 0] }
    }
    return file
  }

  /// A ZIP archive of files that are not compressed.
  private func stored(_ files: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    func little(_ value: Int, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    var (archive, directory) = ([UInt8](), [UInt8]())
    for file in files {
      let sizes = little(0, 4) + little(file.bytes.count, 4) + little(file.bytes.count, 4)
      let names = little(file.name.utf8.count, 2) + little(0, 2)
      directory += little(0x0201_4B50, 4) + little(20, 2) + little(20, 2) + little(0, 8) + sizes + names
      directory += little(0, 10) + little(archive.count, 4) + Array(file.name.utf8)
      archive += little(0x0403_4B50, 4) + little(20, 2) + little(0, 8) + sizes + names
      archive += Array(file.name.utf8) + file.bytes
    }
    let end = little(0x0605_4B50, 4) + little(0, 4) + little(files.count, 2) + little(files.count, 2)
    return archive + directory + end + little(directory.count, 4) + little(archive.count, 4) + little(0, 2)
  }
}

// numpy.savez_compressed(file, x=np.arange(12, dtype="f4").reshape(6, 2), y=np.array([0, 1, 0, 1, 0, 1]))
private let compressedArchive = """
  UEsDBC0AAAAIAAAAIQCrngsW//////////8FABQAeC5ucHkBABAAsAAAAAAAAABmAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxc\
  pG6loG6TZqKuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GmY6CkaaOgq1CmQDLgYwaLAHEg5ABMQNQLwAiA8A8QMg\
  ZnBkYBAAYgUgNnAEAFBLAwQtAAAACAAAACEAFy2zi///////////BQAUAHkubnB5AQAQALAAAAAAAAAATAAAAAAAAACb7Bfq\
  GxDJyFDGUK2eklqcXKRupaBuk2mhrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpmOpo6CrUKFAAuBihgZEAFuPgA\
  UEsBAi0DLQAAAAgAAAAhAKueCxZmAAAAsAAAAAUAAAAAAAAAAAAAAIABAAAAAHgubnB5UEsBAi0DLQAAAAgAAAAhABcts4tM\
  AAAAsAAAAAUAAAAAAAAAAAAAAIABnQAAAHkubnB5UEsFBgAAAAACAAIAZgAAACABAAAAAA==
  """
