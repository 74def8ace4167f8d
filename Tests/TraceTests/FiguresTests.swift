import Foundation
import Testing
import Trace

/// Figures by class, by label and by number against scikit-learn's definitions, calculated by hand.
struct FiguresTests {
  /// Two cats (0) right, one taken for a bird (2); a dog (1) right, one taken for a cat; no bird in the data.
  private var classes: ClassFigures {
    var figures = ClassFigures(classCount: 3)
    for (label, prediction) in [(0, 0), (0, 0), (0, 2), (1, 1), (1, 0)] {
      figures.add(label: label, prediction: prediction)
    }
    return figures
  }

  @Test func aRowOfTheMatrixIsAClassAndAColumnAPrediction() {
    #expect(classes.counts == [2, 0, 1, 1, 1, 0, 0, 0, 0])
    #expect(classes.count(label: 0, prediction: 2) == 1 && classes.count(label: 2, prediction: 0) == 0)
    #expect(classes.support == [3, 2, 0] && classes.predicted == [3, 1, 1] && classes.correct == [2, 1, 0])
  }

  // from sklearn.metrics import precision_recall_fscore_support as f
  // f([0, 0, 0, 1, 1], [0, 0, 2, 1, 0], zero_division=0)
  // → precision [2/3, 1, 0], recall [2/3, 1/2, 0], F1 [2/3, 2/3, 0], support [3, 2, 0]
  @Test func precisionRecallAndF1AreThoseOfScikitLearn() throws {
    #expect(classes.precision(of: 0) == 2.0 / 3 && classes.precision(of: 1) == 1)
    #expect(classes.precision(of: 2) == 0)
    #expect(classes.recall(of: 0) == 2.0 / 3 && classes.recall(of: 1) == 0.5)
    #expect(classes.recall(of: 2) == nil)
    #expect(classes.f1(of: 0) == 2.0 / 3 && classes.f1(of: 1) == 2.0 / 3 && classes.f1(of: 2) == 0)
    #expect(classes.accuracy == 0.6)
    let average = try #require(classes.average)
    #expect(abs(average.precision - 5.0 / 9) < 1e-12)
    #expect(abs(average.recall - 7.0 / 18) < 1e-12)
    #expect(abs(average.f1 - 4.0 / 9) < 1e-12)
  }

  @Test func theShareOfAClassThatIsMispredictedIsNilWithoutSamples() {
    #expect(classes.mispredictedShares == [1 - 2.0 / 3, 0.5, nil])
    let figures = PredictionFigures(part: .batch, step: 1, sampleCount: 5, content: .classes(classes))
    #expect(figures.mispredictedShares == classes.mispredictedShares)
    #expect(ClassFigures(classCount: 2).mispredictedShares == [nil, nil])
    #expect(ClassFigures(classCount: 2).average == nil && ClassFigures(classCount: 0).accuracy == nil)
  }

  @Test func aClassIsMistakenForTheOneThatIsPredictedMostOften() throws {
    let confused = try #require(classes.mostConfused(with: 0))
    #expect(confused.prediction == 2 && confused.count == 1)
    #expect(classes.mostConfused(with: 2) == nil)
  }

  @Test func aLabelThatIsNoClassIsLeftOut() {
    var figures = ClassFigures(classCount: 2)
    figures.add(label: -100, prediction: 1)
    figures.add(label: 1, prediction: 1)
    #expect(figures.unlabelledCount == 1 && figures.sampleCount == 1)
  }

  @Test func manyClassesHaveNoMatrix() {
    var figures = ClassFigures(classCount: 1_000)
    figures.add(label: 999, prediction: 3)
    #expect(!figures.hasMatrix && figures.support[999] == 1 && figures.predicted[3] == 1)
    #expect(figures.mostConfused(with: 999) == nil)
  }

  @Test(arguments: [[1, 2, 3], [1, -1, 0, 1], [1, 0, 0, .max]])
  func aMatrixThatIsNoneIsRefused(_ counts: [Int]) {
    #expect(ClassFigures(matrix: counts, classCount: 2) == nil)
  }

  @Test func aMatrixGivesTheSameFiguresAsItsSamples() {
    #expect(ClassFigures(matrix: classes.counts, classCount: 3) == classes)
    #expect(ClassFigures(support: [1], predicted: [2], correct: [2]) == nil)
  }

  @Test func eachLabelHasItsOwnFigures() {
    var figures = LabelFigures(labelCount: 2)
    figures.add(labels: [true, false], predictions: [true, true])
    figures.add(labels: [true, true], predictions: [false, true])
    figures.add(labels: [false, false], predictions: [false, false])
    #expect(figures.truePositives == [1, 1] && figures.falsePositives == [0, 1])
    #expect(figures.falseNegatives == [1, 0] && figures.trueNegatives(of: 0) == 1)
    #expect(figures.precision(of: 0) == 1 && figures.recall(of: 0) == 0.5)
    #expect(figures.precision(of: 1) == 0.5 && figures.recall(of: 1) == 1)
    #expect(figures.f1(of: 1) == 2.0 / 3 && figures.accuracy(of: 0) == 2.0 / 3)
    #expect(figures.exactShare == 1.0 / 3)
    #expect(figures.mispredictedShare(of: 0) == 0.5)
    #expect(
      LabelFigures(
        truePositives: [3], falsePositives: [0], falseNegatives: [0], sampleCount: 2, exactCount: 1) == nil)
  }

  // sklearn.metrics.r2_score([3, -0.5, 2, 7], [2.5, 0, 2, 8])  → 0.9486081370449679
  @Test func aRegressionHasTheErrorsOfScikitLearn() throws {
    var figures = RegressionFigures()
    for (target, output) in zip([3, -0.5, 2, 7] as [Float], [2.5, 0, 2, 8] as [Float]) {
      figures.add(target: target, output: output)
    }
    figures.add(target: .nan, output: 1)
    #expect(figures.meanAbsoluteError == 0.5 && figures.bias == 0.25)
    #expect(figures.rootMeanSquareError == (0.375 as Double).squareRoot())
    #expect(abs(try #require(figures.r2) - 0.9486081370449679) < 1e-12)
    #expect(figures.nonFiniteCount == 1 && figures.pairs.count == 4)
  }

  @Test func largeTargetsLoseNoDigits() throws {
    var figures = RegressionFigures()
    for place in 0..<100 {
      figures.add(target: 1e6 + Float(place % 2), output: 1e6 + Float(place % 2))
    }
    #expect(figures.r2 == 1 && figures.rootMeanSquareError == 0)
    var same = RegressionFigures()
    same.add(target: 2, output: 3)
    #expect(same.r2 == nil)
  }

  @Test func manyPairsAreThinnedToEvenDistances() {
    var figures = RegressionFigures()
    for place in 0..<10_000 { figures.add(target: Float(place), output: 0) }
    #expect(figures.pairs.count <= RegressionFigures.mostPairs && figures.pairs.count >= 1_000)
    let distances = zip(figures.pairs.dropFirst(), figures.pairs).map { $0.target - $1.target }
    #expect(Set(distances).count == 1)
    #expect(figures.sums.count == 10_000)
  }

  @Test func theWorstSamplesComeFirstAndNaNBeforeAll() {
    var worst = WorstSamples()
    let losses = (0..<100).map { Double(($0 * 37) % 100) } + [.nan, 98]
    for (index, loss) in losses.enumerated() {
      worst.add(loss: loss) {
        WorstSample(loss: loss, sample: BatchSnapshot.Sample(index: index, label: nil, values: []))
      }
    }
    #expect(worst.samples.count == WorstSamples.most)
    #expect(worst.samples[0].loss.isNaN)
    #expect(worst.samples[1...4].map(\.loss) == [99, 98, 98, 97])
    // Of equals the one that came first.
    #expect(worst.samples[2].sample.index < worst.samples[3].sample.index)
  }

  @Test func figuresSurviveEncoding() throws {
    let figures = PredictionFigures(
      part: .validation, step: 7, sampleCount: 5, content: .classes(classes),
      worst: [WorstSample(loss: 2, sample: BatchSnapshot.Sample(index: 3, label: 1, values: [1]))])
    let data = try JSONEncoder().encode(figures)
    #expect(try JSONDecoder().decode(PredictionFigures.self, from: data) == figures)
  }
}
