import Autograd
import Datasets
import Testing

@Suite struct TableScalingTests {
  /// Rows of a number and a target with a fraction.
  private let prices = "area,price\n" + (0..<20).map { "\($0),\(100 + 10 * $0).5\n" }.joined()

  @Test func numbersHaveMean0AndDeviation1InThePartThatTrains() throws {
    let table = try prepared("x,y,kind\n" + flowers)
    let inputs = try table.train.batch(at: Array(0..<table.train.count)).inputs.array(Float.self)
    for column in 0..<2 {
      let values = stride(from: column, to: inputs.count, by: 2).map { Double(inputs[$0]) }
      let mean = values.reduce(0, +) / Double(values.count)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
      #expect(mean.magnitude < 1e-6)
      #expect((variance - 1).magnitude < 1e-5)
    }
    #expect(table.standardization?.means.count == 2)
    #expect(try prepared(flowers) { $0.standardizes = false }.standardization == nil)
  }

  @Test func whatValidatesIsScaledByWhatTrains() throws {
    let table = try prepared("x,kind\n0,p\n2,q\n0,p\n2,q\n", test: "x,kind\n5,q\n-1,p\n")
    #expect(table.train.count == 4)
    #expect(try table.validation.batch(at: [0, 1]).inputs.array(Float.self).elementsEqual([4, -2]))
    #expect(table.sentence.hasSuffix("validated with test.csv"))
  }

  @Test func aColumnThatIsAlwaysTheSameBecomes0() throws {
    let table = try prepared("x,y,kind\n1,7,p\n2,7,q\n3,7,p\n4,7,q\n5,7,p\n6,7,q\n")
    let inputs = try table.train.batch(at: [0, 1]).inputs.array(Float.self)
    #expect(inputs[1] == 0 && inputs[3] == 0)
  }

  @Test(arguments: [(0.2, 4), (0.5, 10), (0.01, 1), (0.9, 18)])
  func theShareThatValidatesCanBeChosen(share: Double, count: Int) throws {
    #expect(try prepared(prices) { $0.validation = share }.validation.count == count)
  }

  @Test func aTargetWithFractionsIsARegression() throws {
    let table = try prepared(prices)
    #expect(table.train.classNames.isEmpty)
    #expect(try table.train.batch(at: [0, 1]).targets.shape == [2, 1])
    #expect(
      table.sentence.contains("regression of the number 'price' in column 2; standardized, the target too"))
    let scale = try #require(table.targetScale)
    #expect(scale.name == "price")
    #expect((scale.trainVariance - 1).magnitude < 1e-9)
    #expect(try prepared(prices) { $0.standardizes = false }.targetScale?.deviation == 1)
  }

  @Test func theTaskCanBeSaid() throws {
    let text = "x,n\n" + (0..<10).map { "\($0),\($0 % 3)\n" }.joined()
    #expect(try prepared(text).train.classNames == ["0", "1", "2"])
    #expect(try prepared(text) { $0.task = .regression }.train.classNames.isEmpty)
    let words = datasetError { try prepared("x,y,kind\n" + flowers) { $0.task = .regression } }
    #expect(words?.defect?.got == "words")
    let many = "x,n\n" + (0..<40).map { "\($0),\($0 % 20)\n" }.joined()
    #expect(try prepared(many).sentence.hasSuffix("--task regression learns the number instead"))
    let same = datasetError { try prepared("x,y\n1,2.5\n2,2.5\n3,2.5\n") }
    #expect(same?.defect?.expected == "more than one number in the target 'y' in column 2")
  }

  @Test func aClassThatTheTrainingTableDoesNotHaveIsRefused() {
    let error = datasetError { try prepared("x,kind\n0,p\n2,q\n0,p\n2,q\n", test: "x,kind\n5,z\n") }
    #expect(error?.defect?.expected == "one of the classes p, q")
  }
}
