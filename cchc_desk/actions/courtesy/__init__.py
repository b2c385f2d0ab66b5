"""«4 xin, 4 luôn»: visits, ratings, cards, reports."""
