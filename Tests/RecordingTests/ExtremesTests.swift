import Recording
import Testing
import Trace

/// Thinned rows keep the least and the greatest loss, and where the loss broke.
struct ExtremesTests {
  private func rows(_ losses: [Float]) -> [StepScalars] {
    losses.enumerated().map {
      StepScalars(
        step: $0 + 1, loss: $1, accuracy: nil, learningRate: 0, gradientNorms: [], seconds: 0)
    }
  }

  @Test func eachPartKeepsItsTwoExtremesInOrder() {
    let thin = Extremes.thin(rows([5, 1, 9, 2, 3, 3, 8, 7]), to: 4)
    #expect(thin.map(\.step) == [2, 3, 5, 7])
  }

  @Test func theFirstValueThatIsNotFiniteIsKeptAsTheGreatest() {
    #expect(Extremes.thin(rows([5, 1, .nan, 9, .infinity, 0]), to: 2).map(\.step) == [3, 6])
    #expect(Extremes.thin(rows([.nan, .nan, .nan]), to: 2).map(\.step) == [1])
    #expect(Extremes.thin(rows([-.infinity, 2, 1]), to: 2).map(\.step) == [1, 3])
  }

  @Test func fewRowsStayAsTheyAre() {
    for count in 0...5 {
      #expect(Extremes.thin(rows([Float](repeating: 1, count: count)), to: 5).count == count)
    }
  }

  @Test func theExtremesOfTheWholeAreAmongThoseOfItsParts() {
    var dice = Dice(seed: 5)
    for _ in 0..<200 {
      let losses = (0..<Int.random(in: 10...500, using: &dice)).map { _ in
        Float.random(in: 0..<10, using: &dice)
      }
      let limit = Int.random(in: 2...60, using: &dice)
      let thin = Extremes.thin(rows(losses), to: limit).map(\.loss)
      #expect(thin.min() == losses.min() && thin.max() == losses.max())
      #expect(thin.count <= max(2, limit))
    }
  }
}
